"""What each constant of the model stands for in a result: what would be off if it is wrong."""

__all__ = ["IF_WRONG"]

# One sentence for each row of data/parameters.csv.
IF_WRONG = {
    "specific_tension": (
        "Every muscle is then stronger and stiffer than here, or weaker and softer: what a body can"
        " hold, and how far a pull gets, are off."
    ),
    "tone": "Resting tensions are off, and with them every change that is given in percent.",
    "short_range_stiffness_q": (
        "A pull then gets further, or less far, through muscles that are at work."
    ),
    "resting_stiffness": (
        "A pull then gets further, or less far, through muscles that are at rest; how quickly it"
        " fades rests on this more than on most."
    ),
    "passive_shape": (
        "Muscles that are stretched far then resist the last of their way too much or too little."
    ),
    "passive_strain": "Stretched muscles then come to their end too early or too late.",
    "tendon_strain": (
        "Far stretched muscles with long tendons, such as the hamstrings, then resist too much or"
        " too little."
    ),
    "tissue_stiffness_factor": (
        "Fascia, ligament and tendon then pass on too much or too little of a pull, and muscles"
        " beside them the rest."
    ),
    "joint_stiffness_factor": (
        "A bent or turned body is then held too much by its joints and too little by its muscles,"
        " or the other way round."
    ),
    "allowance_factor": (
        "Uneven loads are then left to ligament and bone where muscles would work, or the"
        " other way round."
    ),
    "balance_stiffness": "The whole body then gives way too much or too little under a pull.",
    "junction_tether": (
        "Where soft tissues meet, too much or too little of a pull is then lost to what lies around"
        " them, most of all after a cut."
    ),
    "mass_factor": "Loads in joints and muscles are off by about as much as the mass above them.",
    "attachment_offset": (
        "Muscles then pull with a longer or shorter lever, and others must make up for it: the"
        " reason why single muscles are less sure than regions."
    ),
    "axis_tilt": (
        "A foot that rolls then turns the leg above it, and the tendons around the heel roll the"
        " foot, too much or too little."
    ),
    "support_forward": (
        "Calf and shin then work too much or too little in quiet standing, and the chain above them"
        " a little."
    ),
    "standing_tilt": (
        "Hip, knee and low back then hold too much or too little in quiet standing, and what a"
        " cause adds to that is off."
    ),
    "ground_height": "Feet then turn about a point too high or too low on lifts and wedges.",
    "spinal_spread": "Guarding then spreads over too many or too few levels of the spine.",
    "crossing_share": "Guarding then crosses to the other side too much or too little.",
    "guarding_loop_gain": (
        "Guarding then dies down where it should go on, or goes on where it should die down."
    ),
    "guarding_floor": (
        "Guarded muscles then hold too much or too little; which ones they are hardly changes."
    ),
    "pain_inhibition": "A sore muscle then gives up too much or too little to its neighbours.",
    "overload_activation": "Guarding then begins too early or too late.",
    "strand_toe": (
        "Slack strands of fascia then take up a load too early or too late: the sharing between"
        " neighbouring strands is off by some newtons."
    ),
    "effort_weight": (
        "A body with a weak or loaded hip then leans too much or too little to spare it."
    ),
    "righting_trunk": (
        "The rib cage then follows a tilted pelvis too much or too little, and the tilt of the low"
        " back is off."
    ),
    "righting_head": "The neck then bends back too much or too little to keep the head upright.",
    "hanging_limbs": (
        "In a bend the arms then stay by the trunk or fall forward too much, and in a lean shoulder"
        " muscles work that need not; a lifted foot hangs a little higher or lower."
    ),
    "wish_strength": (
        "What a cause asks for is then reached less, or more, exactly; a few percent of the angle."
    ),
    "feet_apart": (
        "People who stand with their feet apart push them against each other and load their hips"
        " otherwise."
    ),
    "guarding_function": (
        "In the vicious circle the neighbours of a painful muscle are then held on too much or too"
        " little."
    ),
    "guarding_deep_back": (
        "In the vicious circle the deep muscles of the back are then held on too much or too"
        " little."
    ),
    "guarding_others": (
        "In the vicious circle muscles that have nothing to do with the painful one are then held"
        " on too much or too little."
    ),
    "adaptation_inhibition": (
        "In pain adaptation a painful muscle and its helpers then give up too much or too little."
    ),
    "adaptation_helpers": (
        "In pain adaptation the neighbours of a painful muscle then give up too much or too little."
    ),
    "adaptation_opponents": (
        "In pain adaptation the opponents of a painful muscle then do too much or too little."
    ),
    "redistribution_price": (
        "In redistribution more, or less, of the work then moves away from what hurts."
    ),
}
