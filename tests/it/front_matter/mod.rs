//! Front matter: parsing, spans, fixes, schemas.

mod date_formats;
mod engines;
mod fixes;
mod oracle;
mod order;
mod reading;
mod rules;
mod schema;
mod simple;
mod spans;
