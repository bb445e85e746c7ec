//! alibaba1688.
