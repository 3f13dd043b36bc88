//! Lengths: integers, so that every machine sets the same page.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length on the page in units of 1/65536 pt (1 pt = 1/72 inch = 25.4/72 mm).
///
/// All layout arithmetic is done in this type; floating point appears only where a layout file is
/// read and where a writer prints a coordinate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(pub i64);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);
    /// Units in one point.
    pub const PER_PT: i64 = 65_536;

    /// From points.
    pub fn from_pt(pt: f64) -> Length {
        Length((pt * Self::PER_PT as f64).round() as i64)
    }

    /// From millimetres.
    pub fn from_mm(mm: f64) -> Length {
        Length::from_pt(mm * 72.0 / 25.4)
    }

    /// In points.
    pub fn pt(self) -> f64 {
        self.0 as f64 / Self::PER_PT as f64
    }

    /// In millimetres.
    pub fn mm(self) -> f64 {
        self.pt() * 25.4 / 72.0
    }

    /// `self × numerator ÷ denominator`, rounded to nearest (halves away from zero).
    pub fn scale(self, numerator: i64, denominator: i64) -> Length {
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let half = denominator.abs() / 2;
        let rounded = if (product < 0) == (denominator < 0) {
            product + half * denominator.signum()
        } else {
            product - half * denominator.signum()
        };
        Length((rounded / denominator) as i64)
    }

    /// This many thousandths of `self`: the way styles count in em.
    pub fn thousandths(self, n: i64) -> Length {
        self.scale(n, 1000)
    }

    /// The magnitude.
    pub fn abs(self) -> Length {
        Length(self.0.abs())
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}pt", self.pt())
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    fn mul(self, n: i64) -> Length {
        Length(self.0 * n)
    }
}

impl Div<i64> for Length {
    type Output = Length;
    fn div(self, n: i64) -> Length {
        Length(self.0 / n)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_millimetres_agree() {
        assert!((Length::from_mm(25.4).pt() - 72.0).abs() < 1e-4);
        assert!((Length::from_pt(72.0).mm() - 25.4).abs() < 1e-4);
    }

    #[test]
    fn scaling_rounds_half_away_from_zero() {
        assert_eq!(Length(5).scale(1, 2), Length(3));
        assert_eq!(Length(-5).scale(1, 2), Length(-3));
        assert_eq!(Length(1000).thousandths(333), Length(333));
    }
}
