use super::*;

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string();
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| name(entry).unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_a_killed_program_left_is_cleared_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // Left: a file, a folder. Not ours, though the names are near.
    fs::write(at(".hongtou-aBc123.tmp"), "half").unwrap();
    fs::create_dir(at(".hongtou-000000.tmp")).unwrap();
    fs::write(at(".hongtou-000000.tmp/lock"), "").unwrap();
    fs::write(at(".hongtou-000000.tmp/1.eml"), "").unwrap();
    for name in [".hongtou-aBc12.tmp", ".hongtou-aB-123.tmp", "hongtou-aBc123.tmp", "甲.pdf"] {
        fs::write(at(name), "").unwrap();
    }
    // A folder that its maker has not locked yet, and one of somebody else.
    fs::create_dir(at(".hongtou-111111.tmp")).unwrap();
    // At work: another program, as far as locks go.
    let busy = File::create(at(".hongtou-222222.tmp")).unwrap();
    busy.lock().unwrap();
    let other = DraftFolder::new(folder.path()).unwrap();
    state().cleared.retain(|(cleared, _)| cleared != folder.path());

    let draft = Draft::new(folder.path(), OUTPUT, Readers::Usual).unwrap();
    assert!(draft.path().exists() && other.path().exists());
    draft.settle(&at("乙.pdf")).unwrap();
    drop(other);
    assert_eq!(
        names(folder.path()),
        [
            ".hongtou-111111.tmp",
            ".hongtou-222222.tmp",
            ".hongtou-aB-123.tmp",
            ".hongtou-aBc12.tmp",
            "hongtou-aBc123.tmp",
            "乙.pdf",
            "甲.pdf"
        ]
    );
}

#[cfg(unix)]
#[test]
fn clearing_follows_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    fs::create_dir(&kept).unwrap();
    fs::write(kept.join(LOCK), "").unwrap();
    for (name, target) in [("aaaaaa", "kept"), ("bbbbbb", "kept/lock"), ("cccccc", "none")] {
        let link = folder.path().join(format!(".hongtou-{name}.tmp"));
        std::os::unix::fs::symlink(target, link).unwrap();
    }
    drop(Draft::new(folder.path(), OUTPUT, Readers::Owner).unwrap());
    assert!(kept.join(LOCK).exists());
    assert_eq!(names(folder.path()).len(), 4);
}

#[test]
fn where_there_are_no_locks_only_what_is_old_goes() {
    let folder = tempfile::tempdir().unwrap();
    let unlocked = Sort { prefix: ".other-", locked: false };
    let now = File::create(folder.path().join("now")).unwrap();
    let (new, old) = (folder.path().join(".other-aaaaaa.tmp"), ".other-bbbbbb.tmp");
    fs::write(&new, "").unwrap();
    let file = File::create(folder.path().join(old)).unwrap();
    let then = now.metadata().unwrap().modified().unwrap() - OLD - Duration::from_secs(60);
    file.set_modified(then).unwrap();
    clear(folder.path(), unlocked, &now);
    assert_eq!(names(folder.path()), [".other-aaaaaa.tmp", "now"]);
}

#[test]
fn what_is_dropped_is_gone_and_listed_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let draft = Draft::new(folder.path(), OUTPUT, Readers::Owner).unwrap();
    let path = draft.path().to_owned();
    assert!(state().listed.contains(&path));
    drop(draft);
    assert!(!path.exists() && !state().listed.contains(&path));
    let failed = Draft::new(folder.path(), OUTPUT, Readers::Owner).unwrap();
    let path = failed.path().to_owned();
    assert!(failed.settle(&folder.path().join("no/such/folder")).is_err());
    assert!(!path.exists() && !state().listed.contains(&path));
}
