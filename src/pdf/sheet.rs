//! The sheet that a page is printed on: its boxes and the marks for the knife.

use krilla::geom::{Path, PathBuilder, Rect};
use krilla::page::PageSettings;

use super::{Error, Profile};
use crate::page::Page;
use crate::unit::Length;

/// Length of a mark for the knife, its distance from the page's edge at the least, its weight, and
/// the paper left beyond it, in millimetres.
const MARK: (f64, f64, f64, f64) = (5.0, 3.0, 0.1, 2.0);

/// How a page lies on its sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Paper around the trimmed page.
    margin: Length,
    bleed: Length,
    marks: bool,
    press: bool,
}

impl Sheet {
    pub(super) fn new(profile: &Profile) -> Sheet {
        let (bleed, marks, press) = match profile {
            Profile::Print(options) => (options.bleed, options.crop_marks, true),
            Profile::Archive | Profile::Screen => (Length::ZERO, false, false),
        };
        let bleed = bleed.max(Length::ZERO);
        let margin = if marks { bleed.max(gap()) + mark(MARK.0) + mark(MARK.3) } else { bleed };
        Sheet { margin, bleed, marks, press }
    }

    /// A distance from the left edge of the page, from that of the sheet in points.
    pub(super) fn x(&self, x: Length) -> f32 {
        (self.margin + x).pt() as f32
    }

    /// A distance from the top edge of the page, from that of the sheet in points.
    pub(super) fn y(&self, y: Length) -> f32 {
        (self.margin + y).pt() as f32
    }

    /// A rectangle of the page on the sheet; `None` when it has no area.
    pub(super) fn rect(&self, x: Length, y: Length, width: Length, height: Length) -> Option<Rect> {
        if width <= Length::ZERO || height <= Length::ZERO {
            return None;
        }
        Rect::from_ltrb(self.x(x), self.y(y), self.x(x + width), self.y(y + height))
    }

    /// The boxes of a page (ISO 32000-1 §14.11.2).
    pub(super) fn settings(&self, page: &Page) -> Result<PageSettings, Error> {
        let broken = || Error::new(format!("第{}页的纸张尺寸不对，请检查版式文件", page.number));
        let (width, height) = (page.width + self.margin * 2, page.height + self.margin * 2);
        let settings =
            PageSettings::from_wh(width.pt() as f32, height.pt() as f32).ok_or_else(broken)?;
        if !self.press {
            return Ok(settings);
        }
        let around = |by: Length| {
            self.rect(-by, -by, page.width + by * 2, page.height + by * 2).ok_or_else(broken)
        };
        Ok(settings
            .with_trim_box(Some(around(Length::ZERO)?))
            .with_bleed_box(Some(around(self.bleed)?)))
    }

    /// The marks for the knife, outside the bleed.
    pub(super) fn marks(&self, page: &Page) -> Option<Path> {
        if !self.marks {
            return None;
        }
        let (length, weight) = (mark(MARK.0), mark(MARK.2));
        let away = self.bleed.max(gap());
        let mut path = PathBuilder::new();
        for (x, outward) in [(Length::ZERO, -1), (page.width, 1)] {
            for (y, downward) in [(Length::ZERO, -1), (page.height, 1)] {
                let beside = if outward < 0 { x - away - length } else { x + away };
                let beyond = if downward < 0 { y - away - length } else { y + away };
                let level = self.rect(beside, y - weight / 2, length, weight)?;
                let plumb = self.rect(x - weight / 2, beyond, weight, length)?;
                path.push_rect(level);
                path.push_rect(plumb);
            }
        }
        path.finish()
    }
}

fn mark(mm: f64) -> Length {
    Length::from_mm(mm)
}

fn gap() -> Length {
    mark(MARK.1)
}
