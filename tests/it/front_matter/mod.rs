//! Front matter: reading, spans, fixes, schema.

mod fixes;
mod oracle;
mod order;
mod reading;
mod rules;
mod schema;
mod spans;
