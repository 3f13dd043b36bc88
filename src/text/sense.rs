//! Where the lines of a title part by sense (GB/T 9704 §7.3.1), as far as characters can tell.
//!
//! Without a dictionary this is advice, not a rule: words that titles of official papers are made
//! of stay whole, particles do not begin a line, prepositions do not end one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::atoms::Cluster;
use super::class::Kind;

/// A line of a title that begins within a word.
const WITHIN_WORD: u32 = 900;
/// Before 的, after 关于: the line begins or ends with a word that leans on the other one.
const LEANING: u32 = 700;
/// Inside quotation marks or brackets.
const WITHIN_BRACKETS: u32 = 300;
/// Anywhere else that no sign speaks for.
const UNKNOWN: u32 = 150;
/// Beside a word that is known.
const BESIDE_WORD: u32 = 40;

/// Characters that lean on what is before them.
const LEANING_BACK: &str = "的地得了着过们等性化者";
/// Characters that lean on what is after them.
const LEANING_FORWARD: &str = "和与及暨对为在把被将向从以于第";
/// Characters that one may begin a line with.
const BEGINNINGS: &str = "和与及暨对在向从以";

/// Words that titles of official papers are made of.
const WORDS: &str = "工作 会议 通知 建设 活动 城市 文明 创建 全国 总结 情况 报告 实施 方案 意见 关于 开展 推进 加强 服务 管理 发展 \
    环境 社区 街道 群众 问题 机制 精神 学习 宣传 教育 培训 检查 整治 治理 监督 考核 评估 安全 生产 应急 防控 卫生 健康 \
    文化 体育 旅游 科技 创新 企业 经济 社会 生态 保护 改革 开放 组织 干部 党员 支部 委员 政府 部门 单位 机关 人民 \
    代表 政协 常委 领导 小组 办公 公室 指挥 中心 志愿 诚信 道德 法治 政务 公开 信息 数据 网络 平台 项目 资金 投资 \
    财政 税收 审计 统计 规划 设计 交通 道路 桥梁 水利 农业 农村 农民 林业 土地 住房 保障 就业 民生 养老 医疗 医院 \
    学校 学生 教师 家庭 妇女 儿童 青年 老年 残疾 困难 扶贫 脱贫 乡村 振兴 垃圾 分类 物业 绿化 园林 河长 污染 防治 \
    大气 扬尘 执法 司法 公安 消防 信访 维稳 综合 统筹 协调 督查 落实 贯彻 传达 部署 动员 启动 召开 举办 举行 印发 \
    转发 批复 决定 公告 通告 通报 函件 纪要 简报 快报 专报 要点 计划 制度 办法 规定 细则 条例 标准 试点 示范 先进 \
    典型 表彰 奖励 提升 提高 促进 深化 优化 完善 强化 构建 打造 全面 深入 扎实 积极 切实 持续 有效 进一 一步 攻坚 \
    行动 专项 重点 任务 目标 责任 成效 经验 做法 调研 座谈 研讨 论坛 培育 践行 核心 价值 时代 主题 系列 能力 水平 \
    质量 效率 力量 队伍 基层 一线 窗口 热线 接诉 即办 精细 长效 常态";

static PAIRS: LazyLock<BTreeSet<(char, char)>> = LazyLock::new(|| {
    let pair = |word: &str| {
        let mut characters = word.chars();
        Some((characters.next()?, characters.next()?))
    };
    WORDS.split_whitespace().filter_map(pair).collect()
});

/// What it costs to begin a line of a title with each atom.
pub(super) fn costs(clusters: &[Cluster]) -> Vec<u32> {
    let mut depth = 0_usize;
    let mut costs = Vec::with_capacity(clusters.len());
    for (i, cluster) in clusters.iter().enumerate() {
        let inside = if depth > 0 { WITHIN_BRACKETS } else { 0 };
        costs.push(if i == 0 { 0 } else { inside + cost(clusters, i) });
        match cluster.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    costs
}

fn cost(clusters: &[Cluster], i: usize) -> u32 {
    let (before, after) = (&clusters[i - 1], &clusters[i]);
    if before.kind != Kind::Han || after.kind != Kind::Han {
        // Marks, spaces, numbers and Western words part of themselves.
        return if before.kind == Kind::Digit { UNKNOWN } else { 0 };
    }
    // Whether the characters on both sides of a boundary make a word.
    let word = |i: usize| {
        i > 0 && i < clusters.len() && PAIRS.contains(&(clusters[i - 1].c, clusters[i].c))
    };
    let (word_before, word_after) = (word(i - 1), word(i + 1));
    if word(i) {
        WITHIN_WORD
    } else if LEANING_BACK.contains(after.c) && !word_after || LEANING_FORWARD.contains(before.c) {
        LEANING
    } else if LEANING_BACK.contains(before.c) && !word_before
        || BEGINNINGS.contains(after.c) && !word_after
        || (after.c, clusters.get(i + 1).map(|next| next.c)) == ('关', Some('于'))
    {
        0
    } else if word_before != word_after {
        // Two known words side by side are often one: 志愿服务.
        BESIDE_WORD
    } else {
        UNKNOWN
    }
}
