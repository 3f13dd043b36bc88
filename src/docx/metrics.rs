//! From the layout's lengths to Word's units: twips (1/20 pt) and half points.

use std::borrow::Borrow;

use crate::compose::Run;
use crate::layout::{Layout, PageGeometry, Style};
use crate::unit::Length;

/// A length in twips, to the nearest.
pub(super) fn twips(length: Length) -> i64 {
    length.scale(20, Length::PER_PT).0
}

/// A length in twips, never more.
fn twips_below(length: Length) -> i64 {
    (length.0 * 20).div_euclid(Length::PER_PT)
}

/// A length from twips.
pub(super) fn from_twips(twips: i64) -> Length {
    Length(twips * Length::PER_PT / 20)
}

/// A length in half points, to the nearest.
pub(super) fn half_points(length: Length) -> i64 {
    length.scale(2, Length::PER_PT).0.max(2)
}

/// The weight of a border in eighths of a point, within what Word draws.
pub(super) fn eighth_points(length: Length) -> i64 {
    length.scale(8, Length::PER_PT).0.clamp(2, 96)
}

/// The page as Word understands it. Word knows only lines with half a line gap on either side, so
/// its text area is higher than the type area (版心) by half a gap above and below, as in
/// GB/T 33476.2 §6.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub width: i64,
    pub height: i64,
    /// Margins of the text area.
    pub top: i64,
    pub bottom: i64,
    pub inner: i64,
    pub outer: i64,
    /// Width of the text area.
    pub measure: i64,
    /// Line to line on the grid.
    pub pitch: i64,
    /// From the bottom of the type area to the bottom of the text area.
    pub below: i64,
}

impl Sheet {
    /// The sheet for a page.
    pub fn new(page: &PageGeometry) -> Sheet {
        let half_gap = half_gap(page);
        let (width, height) = (twips(page.width), twips(page.height));
        let top = twips_below(page.top - half_gap).max(0);
        // Rounded down, both: a full page's lines must fit.
        let pitch = twips_below(page.pitch());
        let bottom = twips_below(page.height - page.bottom() - half_gap)
            .min(height - top - pitch * i64::from(page.lines))
            .max(0);
        let (inner, measure) = (twips(page.inner), twips_below(page.measure));
        Sheet {
            width,
            height,
            top,
            bottom,
            inner,
            outer: width - inner - measure,
            measure,
            pitch,
            below: (height - bottom - twips(page.bottom())).max(0),
        }
    }
}

/// Half the white between two lines of the grid.
pub(super) fn half_gap(page: &PageGeometry) -> Length {
    (page.pitch() - page.size) / 2
}

/// The em that indents of a style count in: the cell of the grid for type of the grid's size.
pub(super) fn em(layout: &Layout, style: &Style) -> Length {
    if style.size == layout.page.size { layout.page.cell() } else { style.size }
}

/// Extra space between the characters of a style, in twips.
///
/// Text in the grid's size is set half a character tighter to the line than the grid: full lines
/// are spread to the measure all the same, and a mark at the end of a line finds the half width
/// that GB/T 15834 §5.1.10 gives it, also in programs that do not squeeze marks. Of all spacings
/// tried, with this one LibreOffice breaks most lines where our pages do; a character more than
/// the grid's never fits.
pub(super) fn spacing(layout: &Layout, style: &Style) -> i64 {
    let tracking = style.size.thousandths(style.tracking);
    if style.size != layout.page.size {
        return twips_below(tracking);
    }
    let characters = i64::from(layout.page.characters).max(1);
    let tight = (layout.page.measure - style.size / 2) / characters;
    twips_below(tight - style.size + tracking)
}

/// How far below the top of an exact line the em box of its characters stands.
///
/// Word's rule is not documented. LibreOffice puts the baseline at 80 % of the line, whatever the
/// font; the em box is 0.88 above and 0.12 below it.
pub(super) fn drop_in_line(line: Length, size: Length) -> Length {
    line.scale(80, 100) - size.scale(88, 100)
}

/// The line for a text on one line of its own whose place matters. With this one, programs that
/// put the baseline at 80 % of the line, those that centre the em box in it and those that put
/// all white above are within 0.08 em of each other, and [`drop_in_line`] is nothing.
pub(super) fn tight_line(size: Length) -> Length {
    size.scale(110, 100)
}

/// The line whose characters stand, by [`drop_in_line`], where they would in the middle of this
/// pitch.
pub(super) fn centring_line(pitch: Length, size: Length) -> Length {
    ((pitch - size) / 2 + size.scale(88, 100)).scale(100, 80)
}

/// An estimate of how wide a text is: an em for every character but those of Western text.
pub(super) fn width(text: &str, em: Length) -> Length {
    text.chars().map(|c| if (c as u32) < 0x2000 && c != '·' { em / 2 } else { em }).sum()
}

/// An estimate of how wide runs of a style are.
pub(super) fn text_width<R: Borrow<Run>>(
    layout: &Layout,
    style: &Style,
    runs: &[R],
    size: Length,
) -> Length {
    let em = if size == style.size { em(layout, style) } else { size };
    let tracking = size.thousandths(style.tracking);
    let advance = |text: &str| width(text, em) + tracking * text.chars().count() as i64;
    let whole: Length = runs.iter().map(|run| advance(&run.borrow().text)).sum();
    (whole - tracking).max(Length::ZERO)
}

/// An estimate of how many lines runs of a style need.
pub(super) fn lines<R: Borrow<Run>>(
    layout: &Layout,
    style: &Style,
    runs: &[R],
    size: Length,
) -> i64 {
    let indents = em(layout, style).thousandths(style.left + style.right);
    let measure = (layout.page.measure - indents).0.max(1);
    let first = em(layout, style).thousandths(style.indent);
    let width = text_width(layout, style, runs, size) + first;
    // Rounding must not make two lines of a text that fits exactly.
    let width = (width.0 - Length::PER_PT / 20).max(1);
    (width + measure - 1) / measure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a4() -> PageGeometry {
        PageGeometry {
            width: Length::from_mm(210.0),
            height: Length::from_mm(297.0),
            top: Length::from_mm(37.0),
            inner: Length::from_mm(28.0),
            measure: Length::from_mm(156.0),
            depth: Length::from_mm(225.0),
            lines: 22,
            characters: 28,
            size: Length::from_pt(16.0),
            mirror: true,
        }
    }

    /// GB/T 33476.2 §6.2: software margins of 34.58, 32.58, 28 and 26 mm.
    #[test]
    fn gb_t_33476_2_6_2_margins() {
        let sheet = Sheet::new(&a4());
        let mm = |twips: i64| twips as f64 / 1440.0 * 25.4;
        for (margin, wanted) in
            [(sheet.top, 34.58), (sheet.bottom, 32.58), (sheet.inner, 28.0), (sheet.outer, 26.0)]
        {
            assert!((mm(margin) - wanted).abs() < 0.03, "{} for {wanted}", mm(margin));
        }
    }

    /// GB/T 9704 §5.2.3: 22 lines of 28 characters, and no more of either.
    #[test]
    fn gb_t_9704_5_2_3_lines_and_characters() {
        let sheet = Sheet::new(&a4());
        let area = sheet.height - sheet.top - sheet.bottom;
        assert_eq!(area / sheet.pitch, 22);
        let advance = 320 - 10;
        assert_eq!(sheet.measure / advance, 28);
    }

    #[test]
    fn half_gap_below_is_what_is_left_under_the_type_area() {
        assert_eq!(Sheet::new(&a4()).below, 136);
    }

    #[test]
    fn western_text_is_half_as_wide() {
        let em = Length::from_pt(10.0);
        assert_eq!(width("第155期", em), Length::from_pt(35.0));
        assert_eq!(width("“·”", em), Length::from_pt(30.0));
    }
}
