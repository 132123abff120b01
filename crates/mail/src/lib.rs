//! Mail as it lies in files: MIME messages, mbox, Maildir.
