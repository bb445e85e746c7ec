//! The image search: a picture is uploaded, and compared with the pictures of the goods.

use super::{
    Shop, failure,
    list::{self, filled},
    row,
};
use crate::{
    api::ApiError,
    catalogue::Product,
    economy::Economy,
    pictures::{Likeness, Refused, Region},
};
use alibaba1688::wire::product::{ImagePage, OfferQueryParam, PicRegionInfo, UploadImageParam};
use base64::{Engine, prelude::BASE64_STANDARD};

/// Stands for no upload where an address is searched.
const NO_ID: &str = "0";

pub async fn upload(economy: &Economy, param: UploadImageParam) -> Result<String, ApiError> {
    let text = param.image_base64.ok_or_else(|| ApiError::missing("uploadImageParam.imageBase64"))?;
    let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| failure("400", "imageBase64 is not base64"))?;
    economy.look().clone().upload(bytes.into()).await.map_err(|refused| match refused {
        Refused::NotAPicture => failure("400", "the image must be a jpg or png below 3 MB"),
        Refused::Io(error) => ApiError::unavailable(error),
    })
}

pub async fn search(economy: &Economy, shop: &Shop, query: &OfferQueryParam) -> Result<ImagePage, ApiError> {
    let id = filled(query.image_id.as_deref()).ok_or_else(|| ApiError::missing("offerQueryParam.imageId"))?;
    let region = filled(query.region.as_deref());
    let likeness = match (id, filled(query.image_address.as_deref())) {
        // Nothing is fetched: an address that is not our own finds nothing.
        (NO_ID, Some(address)) => economy.look().addressed(address),
        (NO_ID, None) => return Err(failure("400", "imageId or imageAddress is needed")),
        (id, _) => Some(uploaded(economy, id, region).await?),
    };
    let offers = match likeness {
        Some(likeness) => economy.look().clone().alike(likeness).await,
        None => Vec::new(),
    };
    let hits: Vec<&Product> = offers.into_iter().filter_map(|offer| shop.catalogue.offer(offer)).collect();
    let page = list::page(shop, hits, query, row::image)?;
    let region = region.unwrap_or_default().to_owned();
    let region = PicRegionInfo { yolo_crop_region: Some(region.clone()), current_region: Some(region) };
    Ok(ImagePage { pic_region_info: Some(region), ..page })
}

async fn uploaded(economy: &Economy, id: &str, region: Option<&str>) -> Result<Likeness, ApiError> {
    // A region that is none means the whole picture.
    let region = region.and_then(Region::parse);
    let known = economy.look().clone().uploaded(id.to_owned(), region).await;
    known.ok_or_else(|| failure("500", "imageId is not known"))
}
