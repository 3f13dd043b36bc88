//! What a layout says of lines, in the words of the text engine: neither knows the other.

use crate::layout::Typography;
use crate::text::Settings;

/// The settings that a layout's typography asks for.
pub fn settings(typography: &Typography) -> Settings {
    Settings {
        autospace: typography.autospace,
        pair_min: typography.pair_min,
        line_end_half: typography.line_end_half,
        line_start_half: typography.line_start_half,
        indent_half: typography.indent_half,
        squeeze_stops: typography.squeeze_stops,
        dash_at_start: typography.dash_at_start,
        stretch_max: typography.stretch_max,
    }
}
