//! The image search: a picture is uploaded, and searched by the id that the upload gave.
//!
//! The id is kept by the hash of the picture, so that further pages do not upload again. The upstream does not say how long
//! an id lives: it is kept for half an hour, and where a kept one is refused, the picture is uploaded once more.

use crate::{
    Alibaba1688, api,
    gateway::read,
    map::listing,
    wire::{
        Text,
        product::{ImageUploadAsk, KeywordAsk, OfferQueryParam, UploadImageParam},
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use connector::{Error, Kind, Result};
use domain::{
    Document,
    catalog::{ImageQuery, Picture},
};
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};

/// Hash of a picture.
type Content = [u8; 32];

const KEPT: u64 = 10_000;
const KEPT_FOR: Duration = Duration::from_secs(30 * 60);
/// The call demands an id also where an address is searched.
const NO_ID: &str = "0";

/// Ids of pictures that were uploaded.
pub(crate) struct ImageIds(Cache<Content, String>);

impl ImageIds {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(KEPT).time_to_live(KEPT_FOR).build())
    }
}

impl Alibaba1688 {
    pub(crate) async fn look_alike(&self, query: &ImageQuery) -> Result<Document> {
        let bytes = match &query.picture {
            Picture::Bytes(bytes) => bytes,
            Picture::Address(address) => return self.search_by(query, NO_ID, Some(address)).await,
        };
        let content = Content::from(Sha256::digest(bytes));
        let known = self.images.0.contains_key(&content);
        let id = self.image_id(content, bytes).await?;
        match self.search_by(query, &id, None).await {
            Err(error) if known && error.kind == Kind::Refused => {
                self.images.0.invalidate(&content).await;
                let id = self.image_id(content, bytes).await?;
                self.search_by(query, &id, None).await
            }
            outcome => outcome,
        }
    }

    /// The same picture is uploaded once, however many ask at the same moment.
    async fn image_id(&self, content: Content, bytes: &[u8]) -> Result<String> {
        let uploaded = self.images.0.try_get_with(content, self.upload(bytes)).await;
        uploaded.map_err(|error: Arc<Error>| Error::clone(&error))
    }

    async fn upload(&self, bytes: &[u8]) -> Result<String> {
        let param = UploadImageParam { image_base64: Some(STANDARD.encode(bytes)), out_member_id: None };
        let ask = ImageUploadAsk { upload_image_param: Some(param) };
        let answer = self.document(&api::IMAGE_UPLOAD, &ask, None).await?;
        let Text(id) = read(&api::IMAGE_UPLOAD, answer.as_str())?;
        Ok(id)
    }

    async fn search_by(&self, query: &ImageQuery, id: &str, address: Option<&String>) -> Result<Document> {
        let param = OfferQueryParam {
            image_id: Some(id.to_owned()),
            image_address: address.cloned(),
            region: query.region.clone(),
            ..listing(&query.listing)
        };
        self.document(&api::IMAGE_SEARCH, &KeywordAsk { offer_query_param: Some(param) }, None).await
    }
}
