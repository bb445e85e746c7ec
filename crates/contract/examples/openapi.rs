//! Prints the OpenAPI document.

fn main() {
    println!("{:#}", contract::openapi::document());
}
