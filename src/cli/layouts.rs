//! `hongtou layouts`: the layouts that come with the program.

use super::Exit;
use super::terminal::Terminal;
use crate::diagnostic::{Sources, render};
use crate::layout::{bundled_names, read_bundled};

pub(super) fn run(terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    for name in bundled_names() {
        match read_bundled(&mut sources, name) {
            Some(Ok(layout)) => {
                let page = &layout.page;
                let paper = format!("{:.0}×{:.0} mm", page.width.mm(), page.height.mm());
                let grid = format!("每页{}行、每行{}字", page.lines, page.characters);
                terminal.say_row(&[name, &format!("{}（{paper}，{grid}）", layout.title)]);
            }
            Some(Err(findings)) => {
                terminal.warn(&render(&sources, &findings, terminal.color()));
                return Exit::Environment;
            }
            None => {}
        }
    }
    terminal.say("在简报里写“版式: 名称”选用；自己的版式写“版式: ./文件.yaml”。");
    Exit::Done
}
