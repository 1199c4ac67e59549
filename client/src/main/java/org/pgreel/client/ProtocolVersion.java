package org.pgreel.client;

/** The version of the frontend/backend protocol that the client asks for. */
public enum ProtocolVersion {
    /** 3.0, spoken by every server since PostgreSQL 7.4. */
    V3_0(3, 0),
    /** 3.2, with longer cancel keys; a server before PostgreSQL 18 negotiates it down to 3.0. */
    V3_2(3, 2);

    private final int code;

    ProtocolVersion(int major, int minor) {
        this.code = major << 16 | minor;
    }

    /** Returns the number in the StartupMessage: the major version in the upper, the minor in the lower 16 bits. */
    public int code() {
        return code;
    }

    /** Returns libpq's word for it, such as {@code 3.2}. */
    public String word() {
        return (code >> 16) + "." + (code & 0xFFFF);
    }

    /**
     * Reads libpq's word.
     *
     * @param word {@code 3.0}, {@code 3.2} or {@code latest}
     * @throws IllegalArgumentException if it is another word
     */
    public static ProtocolVersion of(String word) {
        return word.equals("latest") ? V3_2 : Checked.word("protocol version", word, values(), ProtocolVersion::word);
    }
}
