//! Straight into a server in this process: no socket, the same bytes.

use super::{Failure, Transport};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;
use std::{error::Error as StdError, fmt};
use tower::{Service, ServiceExt, service_fn};

type Cause = Box<dyn StdError + Send + Sync>;

/// A transport into `server`, e.g. an `axum::Router`. At most `longest_answer` bytes of an answer are read.
pub fn in_process<S, In, Out>(server: S, longest_answer: usize) -> Transport
where
    S: Service<Request<In>, Response = Response<Out>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: fmt::Display,
    In: From<Bytes> + Send + 'static,
    Out: Body<Data = Bytes> + Send + 'static,
    Out::Error: Into<Cause>,
{
    Transport::new(service_fn(move |request: Request<Bytes>| {
        let server = server.clone();
        async move {
            let answer = server.oneshot(request.map(In::from)).await.map_err(|e| Failure::Broken(e.to_string()))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, longest_answer).collect().await.map_err(|e| cut(&e, longest_answer))?;
            Ok(Response::from_parts(parts, body.to_bytes()))
        }
    }))
}

fn cut(cause: &Cause, longest: usize) -> Failure {
    if cause.is::<LengthLimitError>() { Failure::TooLarge(longest) } else { Failure::Broken(cause.to_string()) }
}
