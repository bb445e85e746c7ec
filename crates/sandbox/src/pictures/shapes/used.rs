//! What is played with, written with or plugged in.

use super::{
    Area::{Block, Disc, Path, Poly, Ring},
    Parts,
    Tone::{Dark, Ink, Light, Main, Paper},
};

pub const SHAPES: &[(&str, Parts)] = &[
    ("blocks", BLOCKS),
    ("car", CAR),
    ("puzzle", PUZZLE),
    ("folder", FOLDER),
    ("pen", PEN),
    ("pencase", PENCASE),
    ("charger", CHARGER),
    ("earphones", EARPHONES),
    ("mouse", MOUSE),
    ("speaker", SPEAKER),
];

const BLOCKS: Parts = &[
    (Block((33., 70.), 17., 14., 2.), Main),
    (Block((68., 70.), 15., 14., 2.), Dark),
    (Block((52., 42.), 20., 12., 2.), Light),
    (Block((25., 54.), 4., 3., 1.), Main),
    (Block((42., 26.), 5., 4., 1.), Light),
    (Block((60., 26.), 5., 4., 1.), Light),
    (Block((76., 54.), 4., 3., 1.), Dark),
];

const CAR: Parts = &[
    (Poly(&[(28., 50.), (38., 30.), (66., 30.), (76., 50.)], 3.), Dark),
    (Poly(&[(36., 48.), (42., 35.), (51., 35.), (51., 48.)], 1.), Paper),
    (Poly(&[(55., 48.), (55., 35.), (63., 35.), (69., 48.)], 1.), Paper),
    (Block((50., 60.), 40., 12., 6.), Main),
    (Disc((28., 73.), 10.), Ink),
    (Disc((72., 73.), 10.), Ink),
    (Disc((28., 73.), 4.), Light),
    (Disc((72., 73.), 4.), Light),
];

const PUZZLE: Parts = &[
    (Block((32., 34.), 17., 17., 2.), Main),
    (Block((68., 34.), 17., 17., 2.), Light),
    (Block((32., 70.), 17., 17., 2.), Dark),
    (Block((68., 70.), 17., 17., 2.), Paper),
    (Disc((52., 34.), 6.), Main),
    (Disc((32., 54.), 6.), Dark),
    (Disc((68., 50.), 6.), Light),
    (Disc((48., 70.), 6.), Paper),
];

const FOLDER: Parts = &[
    (Poly(&[(16., 24.), (42., 24.), (48., 32.), (84., 32.), (84., 80.), (16., 80.)], 2.), Dark),
    (Block((52., 44.), 28., 16., 1.), Paper),
    (Poly(&[(12., 46.), (88., 46.), (82., 82.), (18., 82.)], 2.), Main),
    (Block((50., 64.), 14., 5., 1.), Light),
];

const PEN: Parts = &[
    (Path(&[(26., 78.), (70., 24.)], 9.), Main),
    (Path(&[(22., 84.), (28., 76.)], 4.), Ink),
    (Path(&[(66., 30.), (74., 20.)], 10.), Dark),
    (Path(&[(62., 26.), (52., 40.)], 2.4), Paper),
    (Path(&[(50., 84.), (84., 42.)], 7.), Light),
    (Path(&[(47., 88.), (52., 82.)], 3.4), Ink),
];

const PENCASE: Parts = &[
    (Block((50., 58.), 40., 20., 10.), Main),
    (Path(&[(14., 50.), (86., 50.)], 2.4), Ink),
    (Block((84., 53.), 3., 5., 1.), Paper),
    (Path(&[(34., 42.), (28., 18.)], 5.), Light),
    (Path(&[(52., 42.), (56., 14.)], 5.), Dark),
    (Disc((40., 64.), 6.), Paper),
];

const CHARGER: Parts = &[
    (Block((40., 20.), 2.6, 8., 1.), Ink),
    (Block((60., 20.), 2.6, 8., 1.), Ink),
    (Block((50., 54.), 27., 28., 8.), Main),
    (Block((50., 76.), 27., 7., 5.), Dark),
    (Block((42., 46.), 8., 3.4, 1.6), Ink),
    (Block((42., 58.), 8., 3.4, 1.6), Ink),
    (Path(&[(66., 34.), (66., 66.)], 2.), Light),
];

const EARPHONES: Parts = &[
    (Path(&[(18., 58.), (20., 38.), (34., 22.), (50., 18.), (66., 22.), (80., 38.), (82., 58.)], 6.), Main),
    (Block((20., 64.), 9., 16., 6.), Dark),
    (Block((80., 64.), 9., 16., 6.), Dark),
    (Block((29., 64.), 4., 14., 3.), Ink),
    (Block((71., 64.), 4., 14., 3.), Ink),
    (Disc((18., 62.), 4.), Light),
    (Disc((82., 62.), 4.), Light),
];

const MOUSE: Parts = &[
    (Block((50., 54.), 23., 34., 22.), Main),
    (Path(&[(50., 20.), (50., 48.)], 1.6), Ink),
    (Path(&[(28., 48.), (72., 48.)], 1.6), Ink),
    (Block((50., 34.), 3.4, 8., 3.), Dark),
    (Path(&[(36., 60.), (40., 78.)], 3.), Light),
    (Ring((50., 68.), 6., 2.), Dark),
];

const SPEAKER: Parts = &[
    (Block((50., 52.), 25., 36., 8.), Main),
    (Disc((50., 64.), 17.), Ink),
    (Disc((50., 64.), 11.), Dark),
    (Disc((50., 64.), 4.), Light),
    (Disc((50., 32.), 9.), Ink),
    (Disc((50., 32.), 4.), Light),
    (Path(&[(28., 24.), (28., 80.)], 1.6), Light),
];
