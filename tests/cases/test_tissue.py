"""Causes that alter tissue: shorter, softer and stiffer muscles, and cuts."""

import pytest

import musclechain as mc

BODY = mc.read_body()
GLUTE = "gluteus_medius_right"


def spread(*causes, remedies=()):
    return mc.spread(BODY, causes, remedies=remedies).table()


def test_a_shorter_muscle_meets_its_resistance_sooner_and_stands_alone():
    bend = mc.ForwardBend(60, hip_share=0.9)
    plain = spread(bend).after_N
    short = spread(bend, mc.Shorten("semimembranosus_left", 50)).after_N
    assert short["semimembranosus_left"] > 2 * plain["semimembranosus_left"]
    assert short["semimembranosus_right"] < 1.5 * plain["semimembranosus_right"]


def test_a_name_without_a_side_means_both():
    sided = [f"{name}_{side}" for name in mc.HAMSTRINGS for side in ("left", "right")]
    one, two = (
        spread(mc.ForwardBend(30), mc.Shorten(x, 10)).after_N for x in (mc.HAMSTRINGS, sided)
    )
    assert (one == two).all()


def test_what_leaves_tissue_as_it_is_changes_nothing():
    plain = spread(mc.ForwardBend(30)).after_N
    for same in (mc.Shorten(mc.HAMSTRINGS, 0), mc.Soften("latissimus_dorsi_left", 1)):
        assert (spread(mc.ForwardBend(30), same).after_N - plain).abs().max() < 1e-9


def test_shortening_checks_what_it_is_given():
    with pytest.raises(mc.CauseError, match="mm must be a number from 0 to 60 mm"):
        mc.Shorten(mc.HAMSTRINGS, 80)
    with pytest.raises(mc.UnknownStructureError, match="hamster"):
        spread(mc.Shorten(["hamster"], 10))
    with pytest.raises(mc.UnknownStructureError, match="sacrotuberous"):
        spread(mc.Shorten("sacrotuberous_ligament_left", 10))


def test_a_softer_link_passes_less_on_and_a_stiffer_one_more():
    pull, link = mc.PullOn("biceps_femoris_long_head_left", 40), "sacrotuberous_ligament_left"
    soft, plain, stiff = (spread(pull, mc.Soften(link, x)).pull_N[link] for x in (0.2, 1, 5))
    assert 0 < soft < plain / 2 and stiff > 2 * plain


def test_a_cut_is_the_body_without_the_structure():
    """What it is compared with has the cut as well: the cut's own effect is not in the table."""
    limp, lost = mc.Limp("left", 0.5), GLUTE
    cut = mc.spread(BODY, [limp, mc.Cut(lost)])
    without = mc.spread(BODY.without(lost), limp)
    assert (cut.table().after_N == without.table().after_N).all()
    assert lost not in cut.table().index and cut.whole is BODY and lost in cut.whole.graph


def test_a_link_that_is_cut_is_the_body_without_the_link():
    a, b = "biceps_femoris_long_head_left", "sacrotuberous_ligament_left"
    cut = mc.spread(BODY, [mc.PullOn(a, 40), mc.CutLink(a, b)]).table()
    without = mc.spread(BODY.without_link(a, b), mc.PullOn(a, 40)).table()
    assert (cut.after_N == without.after_N).all()


def test_nothing_can_be_asked_of_what_was_cut():
    with pytest.raises(mc.CauseError, match=f"{GLUTE} has been cut"):
        mc.spread(BODY, [mc.Weaken(GLUTE, 0.5), mc.Cut(GLUTE)])


def test_remedies_add_to_causes_as_causes_do():
    """A remedy is what a cause is: it changes the same quantities, and is only named apart."""
    strain, softer = (
        mc.PullOn("biceps_femoris_long_head_left", 40),
        mc.Soften("sacrotuberous_ligament_left", 0.3),
    )
    apart = spread(strain, remedies=[softer])
    assert apart.equals(spread(strain, softer))
    assert not apart.pull_N.equals(spread(strain).pull_N)


@pytest.mark.parametrize("muscles", [5, None, ("soleus", 5), 1.5, (), b"soleus"])
def test_what_is_no_name_of_a_muscle_is_refused_in_words(muscles):
    with pytest.raises(mc.CauseError, match="muscles must be a name or a list of names"):
        mc.Shorten(muscles)


@pytest.mark.parametrize("kind", [list, tuple, iter, dict.fromkeys])
def test_names_of_muscles_may_come_in_any_form_of_list(kind):
    names = ["soleus", "gracilis_left"]
    assert mc.Shorten(kind(names)).muscles == tuple(names)
