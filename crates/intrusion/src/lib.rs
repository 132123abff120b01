//! What an access log shows: scans, injections, and which records were taken.
