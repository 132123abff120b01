//! Which messages and accounts are one operation: coordinated sharing, templates with slots.
