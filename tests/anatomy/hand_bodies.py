"""A body small enough to draw by hand, as a data folder.

Three bones: a trunk, a head on it and a leg on each side. At the sitting bone
a hamstring meets a tendon, a ligament and a back muscle::

    head ----- neck_band (midline) ----- trunk
    head ----- back_muscle ----- trunk                       (line 1)
    head ----- back_muscle --+                               (line 2)
                             |
    trunk ---- sit_ligament -+- sit_junction
    trunk ---- sit_tendon ---+
    leg ------ hamstring ----+
    leg ------ sole_band ------- leg                         (not computed)
"""

import csv
import io
import os

from musclechain.anatomy.records import FILES
from musclechain.anatomy.tables import find_data_folder

__all__ = [
    "format_cells",
    "hand_cells",
    "is_whole",
    "list_columns",
    "mark_whole",
    "read_cells",
    "write_cells",
]

# When a file was last written, as no clock says it: whoever writes to the file takes that away.
WHOLE_S = 1

_TEXTS = {
    "sources": (
        """
        source,citation,licence,link,note
        book,A book,cited only,none,"""
    ),
    "evidence": (
        """
        evidence,topic,statement,value,unit,population,source,grade,note
        EX01,chains,Tendon and ligament share fibres.,none,none,not stated,book,plausible,"""
    ),
    "bones": (
        """
        bone,name,plain_name,side,parent,region,mass_kg,com_x_mm,com_y_mm,com_z_mm,source,note
        trunk,Trunk,trunk,midline,ground,thoracic,40,0,1150,0,book,
        head,Head,head,midline,trunk,head,5,0,1500,0,book,
        leg,Leg,leg,paired,trunk,thigh,12,0,600,100,book,"""
    ),
    "joints": (
        """
        joint,name,side,parent,child,x_mm,y_mm,z_mm,stiffness_flexion_nm_per_deg,\
            stiffness_side_bend_nm_per_deg,stiffness_rotation_nm_per_deg,passive_share,\
            allowance_flexion_nm,allowance_side_bend_nm,allowance_rotation_nm,source,note
        nod,Nod,midline,trunk,head,0,1400,0,1,2,3,1,4,5,6,book,
        hip,Hip,paired,trunk,leg,0,900,100,1,2,3,0,4,5,6,book,"""
    ),
    "joint_stops": (
        """
        joint,axis,direction,angle_deg,moment_nm,steepness_deg,source,note
        nod,flexion,more,40,5,8,book,
        hip,rotation,less,30,4,6,book,"""
    ),
    "joint_axes": (
        """
        joint,axis,x,y,z,source,note
        hip,flexion,0.1,0.2,0.9,book,
        hip,rotation,0.3,0.9,0.1,book,"""
    ),
    "roots": (
        """
        root,name,order,region,source,note
        S1,sacral level 1,3,pelvis,book,
        L5,lumbar level 5,2,lumbar,book,
        L4,lumbar level 4,1,lumbar,book,"""
    ),
    "nerves": (
        """
        nerve,name,plain_name,roots,innervation_grade,source,note
        sciatic,Sciatic nerve,leg nerve,L5;S1,supported,book,
        dorsal,Dorsal branches,back nerve,L4;L5,plausible,book,"""
    ),
    "muscles": (
        """
        muscle,name,plain_name,group,region,view,layer,nerve,roots,action,belly,width,\
            tendon_proximal,tendon_distal,innervation_grade,source,note
        hamstring,Hamstring,hamstring,thigh,thigh,back,4,sciatic,L5;S1,bends,0.5,1,0.1,0.1,\
            supported,book,
        back_muscle,Back muscle,back muscle,back,lumbar,back,4,dorsal,L4;L5,raises,0.5,1,0.1,0.1,\
            plausible,book,"""
    ),
    "soft_tissues": (
        """
        tissue,kind,name,plain_name,side,region,view,layer,function,belly,width,tendon_proximal,\
            tendon_distal,source,note
        sit_tendon,tendon,Tendon,tendon,paired,hip,back,3,holds,0.5,1,0,0,book,
        sit_ligament,ligament,Ligament,ligament,paired,pelvis,back,2,holds,0.5,1,0,0,book,
        sole_band,fascia,Sole band,sole band,paired,foot,back,4,holds,0.5,1,0,0,book,
        neck_band,fascia,Neck band,neck band,midline,neck,back,2,holds,0.5,1,0,0,book,"""
    ),
    "junctions": (
        """
        junction,name,side,bone,x_mm,y_mm,z_mm,freedom,source,note
        sit_junction,Where four meet,paired,trunk,-40,850,80,1,book,"""
    ),
    "muscle_lines": (
        """
        structure,line,pcsa_cm2,fibre_mm,slack_mm,pennation_deg,source,note
        hamstring,1,10,100,50,10,book,
        back_muscle,1,12,120,40,0,book,
        back_muscle,2,6,120,40,0,book,"""
    ),
    "tissue_lines": (
        """
        structure,line,stiffness_n_per_mm,pretension_n,source,note
        sit_tendon,1,400,0,book,
        sit_ligament,1,50,5,book,
        sole_band,1,60,0,book,
        neck_band,1,3,1,book,"""
    ),
    "line_points": (
        """
        structure,line,point,place,x_mm,y_mm,z_mm
        hamstring,1,1,leg,-30,400,100
        hamstring,1,2,sit_junction,-40,850,80
        back_muscle,1,1,trunk,-60,900,40
        back_muscle,1,2,trunk,-70,1200,35
        back_muscle,1,3,head,-50,1450,30
        back_muscle,2,1,sit_junction,-40,850,80
        back_muscle,2,2,head,-50,1450,20
        sit_tendon,1,1,sit_junction,-40,850,80
        sit_tendon,1,2,trunk,-50,900,70
        sit_ligament,1,1,sit_junction,-40,850,80
        sit_ligament,1,2,trunk,-60,1000,40
        sole_band,1,1,leg,10,380,100
        sole_band,1,2,leg,90,380,100
        neck_band,1,1,trunk,-60,1300,0
        neck_band,1,2,head,-60,1500,0"""
    ),
    "attachments": (
        """
        muscle,end,point,place,x_mm,y_mm,z_mm,tendon_share,source,note
        hamstring,origin,1,trunk,-60,880,60,0.1,book,
        hamstring,origin,2,trunk,-60,880,90,0.1,book,
        hamstring,insertion,1,leg,-30,480,80,0.2,book,
        hamstring,insertion,2,leg,-30,480,110,0.2,book,"""
    ),
    "nerve_points": (
        """
        nerve,branch,point,place,x_mm,y_mm,z_mm,source,note
        sciatic,L5,1,trunk,-20,1000,20,book,
        sciatic,L5,2,trunk,-40,900,60,book,
        sciatic,trunk,1,trunk,-40,900,60,book,
        sciatic,trunk,2,leg,-60,700,90,book,
        sciatic,trunk,3,leg,-60,500,90,book,
        dorsal,L4,1,trunk,-20,1100,20,book,
        dorsal,L4,2,trunk,-40,1090,25,book,
        dorsal,L5,1,trunk,-20,1000,20,book,
        dorsal,L5,2,trunk,-40,990,25,book,"""
    ),
    "nerve_stems": (
        """
        nerve,plexus,stem,source,note
        sciatic,sacral,none,book,
        dorsal,none,none,book,"""
    ),
    "skin": (
        """
        skin,name,plain_name,part,from_deg,from_start,from_end,to_deg,to_start,to_end,region,\
            source,note
        calf_skin,Calf skin,calf skin,shank,90,0.1,0.9,270,0.2,0.8,calf,book,
        back_skin,Back skin,back skin,trunk,90,0.5,0.8,180,0.4,0.7,lumbar,book,"""
    ),
    "skin_nerves": (
        """
        nerve,name,plain_name,roots,plexus,stem,skin,grade,source,note
        sural,Sural nerve,calf skin nerve,S1,sacral,sciatic,calf_skin,supported,book,
        back_twig,Back twig,back skin nerve,L4,none,none,back_skin;calf_skin,plausible,book,"""
    ),
    "dermatomes": (
        """
        source,root,skin,grade,note
        book,L4,back_skin,contested,
        book,S1,calf_skin;back_skin,plausible,"""
    ),
    "links": (
        """
        from,to,kind,side,junction,grade,evidence,statement,note
        hamstring,sit_tendon,continuous,same,sit_junction,supported,EX01,They run on.,
        hamstring,sit_ligament,continuous,same,sit_junction,plausible,EX01,They run on.,
        sit_ligament,back_muscle,continuous,same,sit_junction,contested,EX01,They run on.,
        back_muscle,neck_band,continuous,midline,none,folk wisdom,EX01,They may run on.,
        sit_ligament,sit_ligament,continuous,opposite,none,plausible,EX01,The two sides meet.,
        sciatic,back_muscle,passes,same,none,contested,EX01,The nerve runs below.,"""
    ),
    "chains": (
        """
        chain,name,position,structure,side,note
        back_chain,Back chain,1,hamstring,same,
        back_chain,Back chain,2,sit_ligament,same,
        back_chain,Back chain,3,back_muscle,same,
        back_chain,Back chain,4,neck_band,midline,
        cross_chain,Cross chain,1,sit_ligament,same,
        cross_chain,Cross chain,2,sit_ligament,opposite,
        cross_chain,Cross chain,3,sole_band,opposite,"""
    ),
    "referred_pain": (
        """
        muscle,spot,words,view,place,x_mm,y_mm,z_mm,wide_mm,high_mm,evidence,note
        hamstring,thigh,back of the thigh,back,leg,-60,700,90,60,200,EX01,"""
    ),
    "claims": (
        """
        claim,paragraph,claim_text,verdict,evidence,lesson,evidence_says
        1,1,All hangs together.,plausible,EX01,01,Some of it does.
        2,1,All is one.,weak,none,10,Nothing was found."""
    ),
}


def read_cells(path):
    """Read a CSV file as a list of lists, header first."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def format_cells(cells):
    """Write rows of cells as CSV text."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(cells)
    return stream.getvalue()


def list_columns(name):
    """List the columns of a file of data/, as its header has them."""
    return [info.alias or field for field, info in FILES[name].model_fields.items()]


def hand_cells():
    """Give the files of the hand-drawn body: name -> rows of cells, header first.

    Parameters and cases are those of the package, with the source exchanged.
    """
    files = {
        name: list(
            csv.reader((line.strip() for line in text.strip().splitlines()), skipinitialspace=True)
        )
        for name, text in _TEXTS.items()
    }
    for name in ("parameters", "cases"):
        rows = read_cells(find_data_folder() / f"{name}.csv")
        source = rows[0].index("source")
        files[name] = [rows[0], *([*row[:source], "book", *row[source + 1 :]] for row in rows[1:])]
    return {name: files[name] for name in FILES}


def write_cells(folder, files):
    """Write files (name -> rows of cells) as CSV into a folder, and give the folder back."""
    for name, cells in files.items():
        (folder / f"{name}.csv").write_text(format_cells(cells), encoding="utf-8")
    return folder


def mark_whole(path):
    """Mark a file as it should be, until someone writes to it."""
    os.utime(path, (WHOLE_S, WHOLE_S))


def is_whole(path):
    """Tell whether nobody has written to a file since it was marked; to open thousands of files and
    compare them takes longer than the tests."""
    try:
        return path.stat().st_mtime == WHOLE_S
    except OSError:
        return False
