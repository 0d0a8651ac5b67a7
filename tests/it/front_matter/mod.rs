//! Front matter: reading, spans, fixes, schema.

mod date_formats;
mod fixes;
mod oracle;
mod order;
mod reading;
mod rules;
mod schema;
mod spans;
