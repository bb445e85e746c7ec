//! Requests about products as they are published, or in that form where none is.

pub(super) const CATEGORY: &str = r#"{"categoryId":1031910,"language":"ja"}"#;
pub(super) const CATEGORY_TREE: &str = r#"{"categoryId":0}"#;
pub(super) const CHAT: &str = r#"{"openUid":"BBBJ82cNui3EUaxxMi_7Go73g","offerId":"951807530375"}"#;
pub(super) const DETAIL: &str = r#"{"offerId":706627393257,"country":"en","outMemberId":""}"#;
pub(super) const DETAILS: &str = r#"{"offerIds":[706627393257,670291644950],"country":"en"}"#;
pub(super) const DETAIL_V2: &str = r#"{"offerId":"f6vE-dfY1NV37oG_fz9WSA","country":"en"}"#;
pub(super) const FREIGHT: &str = r#"{"offerId":670291644950,"toProvinceCode":"330000","toCityCode":"330100","toCountryCode":"330108","totalNum":5,"logisticsSkuNumModels":[{"skuId":"4829152353068","number":5}]}"#;
pub(super) const HOT_LIST: &str = r#"{"rankId":"1031910","rankType":"hot","limit":10,"language":"en"}"#;
pub(super) const IMAGE: &str = r#"{"imageBase64":"/9j/4AAQSkZJRgABAQEASABIAAD/2wBD","beginPage":1,"pageSize":20,"country":"en","region":"","filter":"shipInToday,ksCiphertext","sort":"{\"price\":\"asc\"}","priceStart":"239.99","priceEnd":"882.05","categoryId":72,"imageAddress":"https://cbu01.alicdn.com/img/ibank/O1CN01vggy3T1mdyaUYC0LL_!!2211085014978-0-cib.jpg","outMemberId":"21000070000"}"#;
pub(super) const IMAGE_ADDRESS: &str = r#"{"imageBase64":"","imageAddress":"https://cbu01.alicdn.com/img/ibank/O1CN01vggy3T1mdyaUYC0LL_!!2211085014978-0-cib.jpg"}"#;
pub(super) const IMAGE_V2: &str = r#"{"imageBase64":"xxxx","beginPage":1,"pageSize":5,"country":"en","imageAddress":"https://cbu01.alicdn.com/img/ibank/O1CN01Gf8JoQ20i0lN5N8v2_!!2207943566882-0-cib.jpg","outMemberId":"21000070000"}"#;
pub(super) const KEYWORDS: &str = r#"{"keyword":"男鞋","beginPage":1,"pageSize":20,"country":"en","filter":"shipInToday,ksCiphertext","sort":"{\"price\":\"desc\"}","outMemberId":"","priceStart":"633.69","priceEnd":"647.60","categoryId":""}"#;
pub(super) const KEYWORDS_V2: &str = r#"{"keyword":"T恤","beginPage":1,"pageSize":5,"country":"en"}"#;
pub(super) const POOL: &str = r#"{"offerPoolId":1001,"taskId":"pull-1","language":"en","pageNo":1,"pageSize":20,"sortField":"order1m","sortType":"DESC"}"#;
pub(super) const RECOMMEND: &str = r#"{"beginPage":1,"pageSize":20,"country":"en","outMemberId":"21000070000"}"#;
pub(super) const RELATED: &str = r#"{"offerId":706627393257,"pageNo":1,"pageSize":10,"language":"en"}"#;
pub(super) const RELATED_V2: &str = r#"{"offerId":"f6vE-dfY1NV37oG_fz9WSA","pageNo":1,"pageSize":10,"language":"en"}"#;
pub(super) const STORE: &str = r#"{"keyword":"背心","beginPage":1,"pageSize":20,"filter":"shipInToday,ksCiphertext","sort":"{\"price\":\"desc\"}","outMemberId":"","priceStart":"10","priceEnd":"200","categoryId":6,"country":"en","sellerOpenId":"BBBwAN4GQ60zRPzBkv7BYPJRQ"}"#;
pub(super) const STORE_V2: &str =
    r#"{"keyword":"包","beginPage":1,"pageSize":5,"country":"en","sellerOpenId":"BBBgGWh2O6JFI6v1aQuZVgRIA"}"#;
