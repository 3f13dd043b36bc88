//! Where on its page text is shown, and how large (ISO 32000-1 §8.3, §9.4): words beside the page, or
//! of a size that nobody sees, are in the text all the same.

use super::pdf::Object;

/// The six numbers of a matrix.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

const UNMOVED: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

impl Matrix {
    /// The matrix that operands give; unmoved where they give none.
    fn of(operands: &[Object]) -> Matrix {
        let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
        numbers.try_into().map_or(UNMOVED, Matrix)
    }

    /// This one, then `other`.
    fn then(self, other: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }
}

/// States that are kept within one another, at the most; readers need not keep more (annex C).
const SAVED: usize = 28;

/// What of the state of a page decides where text is.
pub(super) struct Position {
    page: Matrix,
    saved: Vec<Matrix>,
    text: Matrix,
    /// Of the font, in units of its text.
    size: f64,
}

impl Default for Position {
    fn default() -> Position {
        Position { page: UNMOVED, saved: Vec::new(), text: UNMOVED, size: 0.0 }
    }
}

impl Position {
    /// Takes in an operator. `false`: states within states without end.
    pub(super) fn step(&mut self, operator: &[u8], operands: &[Object]) -> bool {
        match operator {
            b"q" if self.saved.len() >= SAVED => return false,
            b"q" => self.saved.push(self.page),
            b"Q" => self.page = self.saved.pop().unwrap_or(self.page),
            b"cm" => self.page = Matrix::of(operands).then(self.page),
            b"BT" => self.text = UNMOVED,
            b"Tm" => self.text = Matrix::of(operands),
            b"Tf" => self.size = operands.get(1).and_then(Object::number).unwrap_or(0.0),
            _ => {}
        }
        true
    }

    /// Where text that is shown now begins, in pt from the corner of the page.
    pub(super) fn origin(&self) -> [f64; 2] {
        let [.., x, y] = self.text.then(self.page).0;
        [x, y]
    }

    /// The lesser of its width and height for an em, in pt.
    pub(super) fn em(&self) -> f64 {
        let [a, b, c, d, ..] = self.text.then(self.page).0;
        a.hypot(b).min(c.hypot(d)) * self.size.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: &[i64]) -> Vec<Object> {
        numbers.iter().map(|number| Object::Integer(*number)).collect()
    }

    #[test]
    fn text_is_where_its_matrices_put_it() {
        let mut position = Position::default();
        for (operator, operands) in [
            (&b"q"[..], vec![]),
            (b"cm", numbers(&[2, 0, 0, -2, 0, 800])),
            (b"BT", vec![]),
            (b"Tf", vec![Object::Name(b"f0".to_vec()), Object::Real(10.5)]),
            (b"Tm", numbers(&[1, 0, 0, -1, 30, 40])),
        ] {
            assert!(position.step(operator, &operands));
        }
        assert_eq!((position.origin(), position.em()), ([60.0, 720.0], 21.0));
        assert!(position.step(b"Q", &[]));
        assert_eq!((position.origin(), position.em()), ([30.0, 40.0], 10.5));
        assert!((0..SAVED).all(|_| position.step(b"q", &[])));
        assert!(!position.step(b"q", &[]));
    }
}
