//! The colours of the layout as the profile gives them.

use krilla::color::separation::{Color as Spot, SeparationColorant, SeparationSpace};
use krilla::color::{Color, RegularColor, cmyk, luma, rgb};
use krilla::icc::ICCProfile;
use krilla::paint::Paint;

use super::{Error, Profile, Separation};
use crate::layout::{Ink, Layout};

/// What CMYK figures mean where they are only the alternate of a spot colour, or an ink on office
/// paper: PDF/A lets no colour be without a profile. CGATS TR 001 (SWOP), CC0, from the
/// Compact-ICC-Profiles collection.
const CMYK_PROFILE: &[u8] = include_bytes!("CGATS001Compat-v2-micro.icc");

/// The colorant that every press has on its black plate.
const BLACK: &str = "Black";

/// Turns names of colours into paint.
pub(super) struct Inks<'a> {
    layout: &'a Layout,
    mode: Mode,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Rgb,
    Press(Separation),
}

impl<'a> Inks<'a> {
    pub(super) fn new(layout: &'a Layout, profile: &Profile) -> Inks<'a> {
        let mode = match profile {
            Profile::Print(options) => Mode::Press(options.separation),
            Profile::Archive | Profile::Screen => Mode::Rgb,
        };
        Inks { layout, mode }
    }

    /// The paint of a colour of the layout.
    pub(super) fn paint(&self, name: &str) -> Result<Paint, Error> {
        let ink = self.layout.inks.get(name).ok_or_else(|| {
            Error::new(format!("版式里没有叫“{name}”的颜色，请在版式文件的颜色表里加上它"))
        })?;
        Ok(match self.mode {
            Mode::Rgb => screen(ink.rgb).into(),
            Mode::Press(separation) => press(ink, separation).into(),
        })
    }

    /// Whether a colour is printed with the black ink alone. What is not is on preprinted paper
    /// already.
    pub(super) fn is_black(&self, name: &str) -> bool {
        self.layout.inks.get(name).is_none_or(|ink| black(ink).is_some())
    }

    /// The light colour of the inspection grid and of the watermark.
    pub(super) fn light(&self) -> Paint {
        match self.mode {
            Mode::Rgb => Color::from(rgb::Color::new(0xB8, 0xD4, 0xEA)).into(),
            Mode::Press(_) => plate(BLACK, [0, 0, 0, 100], 0x26).into(),
        }
    }

    /// A light grey, for the watermark.
    pub(super) fn pale(&self) -> Paint {
        match self.mode {
            Mode::Rgb => Color::from(luma::Color::new(0xE4)).into(),
            Mode::Press(_) => plate(BLACK, [0, 0, 0, 100], 0x1C).into(),
        }
    }

    /// Every plate at once, for the marks of the knife.
    pub(super) fn registration(&self) -> Paint {
        let alternate = RegularColor::from(cmyk::Color::new(0xFF, 0xFF, 0xFF, 0xFF));
        let space = SeparationSpace::new(SeparationColorant::AllColorants, alternate);
        Color::from(Spot::new(0xFF, space)).into()
    }
}

/// The profile that CMYK figures are given in.
pub(super) fn cmyk_profile() -> Option<ICCProfile<4>> {
    ICCProfile::new(CMYK_PROFILE)
}

/// Neutral colours as grey: an office printer sets RGB black from all its inks.
fn screen([red, green, blue]: [u8; 3]) -> Color {
    if red == green && green == blue {
        luma::Color::new(red).into()
    } else {
        rgb::Color::new(red, green, blue).into()
    }
}

fn press(ink: &Ink, separation: Separation) -> Color {
    match (black(ink), separation) {
        (Some(tint), _) => plate(BLACK, [0, 0, 0, 100], tint),
        (None, Separation::Spot) if !ink.spot.is_empty() => plate(&ink.spot, ink.cmyk, 0xFF),
        (None, _) => alternate(ink.cmyk).into(),
    }
}

fn plate(name: &str, cmyk: [u8; 4], tint: u8) -> Color {
    let colorant = SeparationColorant::Custom(name.to_owned());
    Spot::new(tint, SeparationSpace::new(colorant, alternate(cmyk))).into()
}

fn alternate(cmyk: [u8; 4]) -> RegularColor {
    let [cyan, magenta, yellow, key] = cmyk.map(byte);
    cmyk::Color::new(cyan, magenta, yellow, key).into()
}

/// How much of the black ink alone a colour is.
fn black(ink: &Ink) -> Option<u8> {
    match ink.cmyk {
        [0, 0, 0, key] if key > 0 => Some(byte(key)),
        _ => None,
    }
}

/// Per cent in 255ths; krilla counts in them. 80 % is 204 exactly.
fn byte(percent: u8) -> u8 {
    ((u32::from(percent.min(100)) * 255 + 50) / 100) as u8
}
