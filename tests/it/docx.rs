//! The DOCX writer, through the public interface.

use hongtou::docx::{Options, write};
use hongtou::layout::Role;

use crate::support::docx::*;

#[test]
fn tmp_emit() {
    let mut body = vec![section("生活环境建设")];
    for n in 0..8 {
        body.push(item(
            n,
            "城子街道紧盯创城“痛点”对症“开药方”",
            vec![
                run(Role::Lead, "一是引入社会力量，参与环境建设。"),
                run(Role::Body, "通过购买服务方式，对三家店24座旱厕的保洁、11个垃圾站点的垃圾转运、大件废旧家具清运和每月环境综合检查等工作进行精细化管理，细化服务标准，提升整治效果。推行“双减一加”——实行“7×24”……"),
                run(Role::Body, filler(100 + 30 * n)),
                run(Role::Reference, "（Ⅲ-58城市精细化管理）"),
                run(Role::Source, "（城子街道）"),
            ],
        ));
    }
    let bytes = write(&document(body), &layout(), &Options::default()).expect("written");
    std::fs::write("/tmp/docx-out/a.docx", bytes).expect("file");
    let body = vec![paragraph(Role::Body, vec![run(Role::Body, "国".repeat(28 * 22 * 3))])];
    let mut full = document(body);
    full.head.clear();
    full.colophon.clear();
    let bytes = write(&full, &layout(), &Options::default()).expect("written");
    std::fs::write("/tmp/docx-out/full.docx", bytes).expect("file");
}
