//! The carriers by which goods go back.

use crate::world::on_each;

#[tokio::test]
async fn both_editions_list_the_carriers_by_their_number() {
    on_each(async |world| {
        let v1 = world.get(&world.developer, "/alibaba/logistics/company/list", &[]).await.accepted();
        let ka = world.get(&world.developer, "/alibaba/ka/logistics/company/list", &[]).await.accepted();
        assert_eq!(v1, ka);
        let rows = v1.as_array().unwrap();
        assert!(rows.len() >= 5, "{v1}");
        for row in rows {
            assert!(row["id"].is_i64() && row["companyName"].is_string() && row["companyNo"].is_string(), "{row}");
        }
        let htky = rows.iter().find(|r| r["companyNo"] == "HTKY").expect("the published row");
        assert_eq!((htky["id"].as_i64(), htky["companyName"].as_str()), (Some(352), Some("百世快递")));
        assert!(rows.iter().any(|r| r["companyNo"] == "ZTO"));
    })
    .await;
}
