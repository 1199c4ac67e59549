package org.pgreel.session;

/** What failed when the transport did not come up. */
public enum ConnectFailure {
    /** The host's name has no address. */
    DNS,
    /** There is an address, but no connection to it. */
    TCP
}
