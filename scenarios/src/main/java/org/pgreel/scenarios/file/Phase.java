package org.pgreel.scenarios.file;

/** The part of a conversation that a scenario is about, in the order in which they come. */
public enum Phase {
    /** From the name of the host to the first byte. */
    CONNECT("connect"),
    /** The request for encryption, its answer, the handshake. */
    TLS("tls"),
    /** Who the client is, and who the server is. */
    AUTHENTICATION("authentication"),
    /** Behind authentication until the session is ready; refusals, limits, recovery. */
    STARTUP("startup"),
    /** Statements by the simple protocol. */
    QUERY("query"),
    /** Statements by the extended protocol: prepared, pipelined, streamed. */
    EXTENDED("extended"),
    /** COPY in either direction. */
    COPY("copy"),
    /** What the server says unasked, and the status of the transaction. */
    ASYNCHRONOUS("asynchronous"),
    /** Cancel requests and time-outs. */
    CANCEL("cancel"),
    /** Lengths, types and bodies that no server sends. */
    FRAMING("framing"),
    /** How a connection ends: closed, reset, cut in the middle. */
    ENDING("ending"),
    /** Several connections: limits, pools, another server in the place of the first. */
    POOL("pool");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** Returns the word in scenario files, which is the name of the directory in the catalogue. */
    public String word() {
        return word;
    }
}
