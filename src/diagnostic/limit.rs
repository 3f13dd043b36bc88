//! How many findings are shown: the one place that says.

use super::{Code, Diagnostic, Severity};

/// Most findings that are shown at once; whoever has more has chosen the wrong file, or made one
/// slip everywhere.
pub const MOST: usize = 200;

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Remarks.
    pub infos: usize,
}

impl Count {
    /// Counts findings, those too that are not listed any more.
    pub fn of(findings: &[Diagnostic]) -> Count {
        let mut count = Count::default();
        findings.iter().for_each(|finding| count.add(finding));
        count
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }

    fn add(&mut self, finding: &Diagnostic) {
        if let Some(left) = finding.left.as_deref() {
            self.errors += left.errors;
            self.warnings += left.warnings;
            self.infos += left.infos;
            return;
        }
        *match finding.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        } += 1;
    }
}

/// The findings that are shown, in their order: all, or the first [`MOST`], errors before others,
/// and last how many more there are. A thousand warnings must not hide the one error.
pub fn limited(findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let one = |finding: &&Diagnostic| finding.left.is_none();
    let number = findings.iter().filter(one).count();
    if number <= MOST && number == findings.len() {
        return findings.to_vec();
    }
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let errors = findings.iter().filter(one).filter(|one| is_error(one)).count();
    let (mut errors, mut others) = (errors.min(MOST), MOST.saturating_sub(errors));
    let mut left = Count::default();
    let mut shown = Vec::with_capacity(MOST + 1);
    for finding in findings {
        let room = if is_error(finding) { &mut errors } else { &mut others };
        if finding.left.is_none() && *room > 0 {
            *room -= 1;
            shown.push(finding.clone());
        } else {
            left.add(finding);
        }
    }
    if left.total() > 0 {
        shown.push(more(left, shown.len() + left.total()));
    }
    shown
}

/// The last line: how many are not listed, of how many.
fn more(left: Count, total: usize) -> Diagnostic {
    let counts = [(left.errors, "个错误"), (left.warnings, "个警告"), (left.infos, "个提示")];
    let some = counts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = some.map(|(number, what)| format!("{number}{what}")).collect();
    let message = format!("另有{}没有列出，共{total}处", parts.join("、"));
    let finding =
        Diagnostic { severity: Severity::Info, ..Diagnostic::general(Code::More, message) };
    let help = "先改好列出的，再运行一次；同一个错误到处都有时，检查是否选错了文件";
    Diagnostic { left: Some(Box::new(left)), ..finding.with_help(help) }
}

/// Findings as they come, never many more than are shown: a hostile file has hundreds of thousands.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    failed: bool,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Diagnostic) {
        self.failed |= finding.severity == Severity::Error;
        self.kept.push(finding);
        if self.kept.len() > 4 * MOST {
            self.sort();
            self.kept = limited(&self.kept);
        }
    }

    /// Whether there was an error so far.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Whether there are more than are shown: what comes now is hardly looked at, and needs no
    /// advice that is dear to find.
    pub fn is_full(&self) -> bool {
        self.kept.len() > MOST
    }

    /// Those that are shown, in the order of the files.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.sort();
        limited(&self.kept)
    }

    /// The order is stable; how many more there are stays last.
    fn sort(&mut self) {
        self.kept.sort_by_key(|finding| (finding.left.is_some(), finding.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};

    fn at(start: u32, severity: Severity) -> Diagnostic {
        let span = Span { file: FileId(0), start, end: start };
        Diagnostic { severity, ..Diagnostic::error(Code::Fault, span, format!("{start}")) }
    }

    #[test]
    fn so_many_are_shown_as_they_are() {
        let findings: Vec<_> = (0..MOST as u32).map(|n| at(n, Severity::Error)).collect();
        assert_eq!(limited(&findings), findings);
        assert_eq!(limited(&[]), []);
    }

    #[test]
    fn a_thousand_warnings_hide_no_error_and_all_are_counted() {
        let mut findings: Vec<_> = (0..1000).map(|n| at(n, Severity::Warning)).collect();
        findings.push(at(1000, Severity::Error));
        let shown = limited(&findings);
        assert_eq!(shown.len(), MOST + 1);
        assert_eq!(shown[MOST - 1].message, "1000");
        assert_eq!(shown[MOST].message, "另有801个警告没有列出，共1001处");
        let count = Count { errors: 1, warnings: 1000, infos: 0 };
        assert_eq!(Count::of(&shown), count);
        // Shown again, together with others, nothing is lost.
        let again = limited(&[shown, vec![at(5, Severity::Info); 3]].concat());
        assert_eq!(again[MOST].message, "另有801个警告、3个提示没有列出，共1004处");
        assert_eq!(Count::of(&again), Count { infos: 3, ..count });
    }

    #[test]
    fn findings_as_they_come_are_those_of_all_at_once() {
        let mut together: Vec<_> =
            (0..5000).map(|n| at(n * 7919 % 5000, Severity::Error)).collect();
        let mut findings = Findings::default();
        together.iter().cloned().for_each(|finding| findings.push(finding));
        assert!(findings.failed() && findings.is_full());
        assert!(findings.kept.len() <= 4 * MOST + 1);
        together.sort_by_key(|finding| finding.span);
        assert_eq!(findings.finish(), limited(&together));
    }
}
