//! Who stands behind whom: the graph of parties, its paths, and ownership with a proof.
