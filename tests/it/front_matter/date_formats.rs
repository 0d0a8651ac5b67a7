//! Which texts the generators parse as dates. The expected results come from Go 1.19 with the formats of spf13/cast,
//! Luxon 3, Ruby 3.1 and Node 20.

use postlint::document::read::front_matter::date_formats::{
    eleventy_reads, hugo_reads, javascript_refuses, ruby_refuses,
};

#[test]
fn hugo() {
    let read = [
        "2023-02-10",
        "2023-02-10T17:46:51-06:00",
        "2023-02-10T17:46:51.5",
        "2023-02-10T17:46:51,5",
        "2023-02-10T7:46:51Z",
        "2023-02-10 7:46:51",
        "2023-02-10 17:46:51 +0900",
        "2023-02-10 17:46:51 +09:00",
        "2023-02-10 17:46:51+0900",
        "2023-02-10 17:46:51 +0900 KST",
        "Fri, 10 Feb 2023 17:46:51 GMT",
        "fri, 10 feb 2023 17:46:51 +0900",
        "Fri Feb 10 17:46:51 2023",
        "Fri Feb  1 17:46:51 2023",
        "10 Feb 2023",
        "Friday, 10-Feb-23 17:46:51 GMT",
        "3:04PM",
        "Feb 10 17:46:51",
    ];
    let refused = [
        "2023-02-010",
        "2023-02-10T17:46:51.",
        "2023-02-10T17:46:51 -06:00",
        "2023-02-10T17:46:51-06",
        "2023-02-10,",
        "02/10/2023",
        "10-02-2023",
        "2023-002-10",
        "20230-02-10",
        "2023-02-10T17:046:51Z",
        "2023-02-10T17:46:51Z+09:00",
        "2023-02-10 17:46:51 KST",
        "Feb 10, 2023",
        "1 Feb 2023",
        "10 February 2023",
        "20230210",
        "2023-02-10T17:46",
        "2023-02-10t17:46:51z",
        "2023-2-1",
        "2023년 2월 10일",
        "%Y",
    ];
    assert_eq!(read.into_iter().filter(|text| !hugo_reads(text)).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(refused.into_iter().filter(|text| hugo_reads(text)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn eleventy() {
    let read = [
        "Last Modified",
        "git created",
        "2024-05-01",
        "2024-05",
        "2024",
        "20240501",
        "2024-W18-3",
        "2024-121",
        "2024-05-01T10:00",
        "2024-05-01T10",
        "2024-05-01T10:00:00.123+09:00",
        "20240501T100000Z",
    ];
    let refused = [
        "yyyy-mm-ddT00:00:01.00-05:00",
        "2024-05-01 10:00",
        "2024-05-01 10:00:00 +0900",
        "2024/05/01",
        "May 1, 2024",
        "2024-5-1",
        "today",
        "2024년 5월 1일",
    ];
    assert_eq!(read.into_iter().filter(|text| !eleventy_reads(text)).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(refused.into_iter().filter(|text| eleventy_reads(text)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn ruby_and_javascript() {
    for text in
        ["2023-02-010", "2023-2-010 17:46:51", "2023/02/010", "2023.02.010", "2024-007", "2024-7", "2024-07-300"]
    {
        assert_eq!(ruby_refuses(text), text != "2024-007", "{text}");
    }
    for text in ["2023-02-10", "2023-02-10,", "02/10/2023", "2023-002-10", "Feb 10, 2023", "2023-02-1O", "", "새해"] {
        assert!(!ruby_refuses(text), "{text}");
    }
    for text in ["13/02/2023", "13.02.2023", "31-1-2023"] {
        assert!(javascript_refuses(text), "{text}");
    }
    for text in ["02/13/2023", "2023/02/13", "2023-13-01", "12/12/2023", "13/02/23", "13 Feb 2023", "한/글/2023"] {
        assert!(!javascript_refuses(text), "{text}");
    }
}
