use super::*;

fn code(name: &str, year: Option<u16>, hints: &[&str]) -> Option<u32> {
    table().expect("the tests have the table").code(name, year, || None, hints)
}

#[test]
fn a_name_in_full_has_the_code_of_its_year() {
    assert_eq!(code("济南市历下区", Some(2023), &[]), Some(370_102));
    // 密云 was a county until 2015.
    assert_eq!(code("密云县", Some(2010), &[]), Some(110_228));
    assert_eq!(code("密云县", Some(2018), &[]), Some(110_118));
    assert_eq!(code("密云县", None, &[]), Some(110_228));
    // 柳州地区 ended in 2002, and the county went to another prefecture.
    assert_eq!(code("柳州地区忻城县", Some(1998), &[]), Some(452_231));
    assert_eq!(code("忻城县", Some(2015), &[]), Some(451_321));
}

#[test]
fn short_forms_and_chains() {
    assert_eq!(code("青海西宁", Some(2020), &[]), Some(630_100));
    assert_eq!(code("楚雄州", Some(2020), &[]), Some(532_300));
    assert_eq!(code("彭水县", Some(2020), &[]), Some(500_243));
    assert_eq!(code("广西", Some(2020), &[]), Some(450_000));
    assert_eq!(code("吉林", Some(2020), &[]), Some(220_000));
    assert_eq!(code("吉林市", Some(2020), &[]), Some(220_200));
    assert_eq!(code("海南州", Some(2020), &[]), Some(632_500));
    assert_eq!(table().unwrap().code("吉林", None, || Some('市'), &[]), Some(220_200));
}

#[test]
fn what_stays_ambiguous_has_none() {
    assert_eq!(code("南山区", Some(2020), &[]), None);
    assert_eq!(code("南山区", Some(2020), &["深圳市南山区人民政府"]), Some(440_305));
    assert_eq!(code("鼓楼区", Some(2020), &["江苏省人民政府"]), None);
    assert_eq!(code("鼓楼区", Some(2020), &["南京"]), Some(320_106));
    assert_eq!(code("松石县", Some(2020), &[]), None);
}

#[test]
fn zones_have_the_code_of_where_they_lie() {
    assert_eq!(code("光明新区", Some(2014), &[]), Some(440_311));
    assert_eq!(code("河北雄安新区", Some(2020), &[]), Some(130_600));
    assert_eq!(code("广州开发区", Some(2020), &[]), Some(440_100));
    assert_eq!(code("佛山国家高新技术产业开发区", Some(2020), &[]), Some(440_600));
}

#[test]
fn every_record_is_read() {
    let table = table().unwrap();
    let lines = include_str!("table.txt").lines().filter(|l| !l.starts_with('#')).count();
    let records: Vec<_> = table.records().collect();
    assert_eq!(records.len(), lines);
    assert!(records.is_sorted_by_key(|r| (r.code, r.from)));
    for record in &records {
        assert!((110_000..=820_000).contains(&record.code), "{record:?}");
        assert!(record.from <= record.until, "{record:?}");
        assert!(record.after.split(',').filter(|c| !c.is_empty()).all(|c| c.parse::<u32>().is_ok()), "{record:?}");
    }
}

/// With its prefecture before it, nearly every county in force is found again.
#[test]
fn every_county_in_force_is_found_by_its_chain() {
    let table = table().unwrap();
    let in_force = || table.records().filter(|r| r.until == STILL);
    let (mut right, mut all) = (0, 0);
    for county in in_force().filter(|r| r.level() == Level::County) {
        let whole = in_force().find(|r| r.level() == Level::Prefecture && county.lies_in(*r)).or_else(|| in_force().find(|r| county.lies_in(*r)));
        let name = format!("{}{}", whole.unwrap().name, county.name);
        all += 1;
        right += usize::from(table.code(&name, Some(2026), || None, &[]) == Some(county.code));
    }
    assert!(all > 2800 && all - right <= 2, "{right} of {all}");
}

#[test]
fn what_goes_on_as_another_word_is_no_name() {
    // 均衡水平 holds 衡水.
    assert!(is_word("衡水", "平不断提高"));
    assert!(!is_word("衡水", "启动改造"));
    assert!(is_word("中山", "大学"));
}
