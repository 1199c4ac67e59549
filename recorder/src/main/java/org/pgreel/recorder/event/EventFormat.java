package org.pgreel.recorder.event;

/**
 * The binary form of an event.
 *
 * <pre>
 *  0        4        5      6         14         22        30
 *  | length | schema | type | session | sequence | nanos   | body … | CRC32C |
 * </pre>
 *
 * <p>All numbers are big-endian. The length counts what follows it, checksum included. The checksum runs over the
 * checksum of the session's previous event (0 for the first) and then over everything from the length to the end of the
 * body: so events of a session form a chain, and one that is changed, lost, repeated or moved breaks it.
 *
 * <p>The body of a chunk is {@code connection(4) length(4) bytes messagesBefore(8) firstBoundary(4) spans(4)} followed by
 * {@code offset(4) length(4) kind(1)} for each masked span; the bodies of the others are the components of their record
 * in order, a string as its length (4) and its bytes.
 */
public final class EventFormat {

    /** The version of this format; a reader refuses those it does not know. */
    public static final int SCHEMA_VERSION = 1;

    /** Chunks longer than this are stored as several events, so that an event always fits a block of the journal. */
    public static final int CHUNK_BYTES_MAX = 128 * 1024;

    /** The longest event, in bytes: a chunk of the greatest length with a masked span at every other byte would fit. */
    public static final int EVENT_BYTES_MAX = 960 * 1024;

    /** Texts such as notes and reasons are cut to this many bytes. */
    public static final int TEXT_BYTES_MAX = 64 * 1024;

    static final int LENGTH_BYTES = 4;
    static final int HEADER_BYTES = 30;
    static final int CHECKSUM_BYTES = 4;
    static final int EVENT_BYTES_MIN = HEADER_BYTES + CHECKSUM_BYTES;

    static final int SESSION_OPENED = 1;
    static final int CONNECTION_OPENED = 2;
    static final int CHUNK_WRITTEN = 3;
    static final int CHUNK_READ = 4;
    static final int TLS_REQUESTED = 5;
    static final int TLS_ESTABLISHED = 6;
    static final int TLS_FAILED = 7;
    static final int CALLBACK_FIRED = 8;
    static final int OPERATION_SUBMITTED = 9;
    static final int OPERATION_COMPLETED = 10;
    static final int FAULT_INJECTED = 11;
    static final int MARKER = 12;
    static final int RECORDING_DAMAGED = 13;
    static final int CONNECTION_CLOSED = 14;
    static final int SESSION_CLOSED = 15;

    private EventFormat() {}
}
