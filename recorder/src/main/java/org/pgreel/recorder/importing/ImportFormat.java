package org.pgreel.recorder.importing;

import java.util.Locale;

/** From which format sessions are imported. */
public enum ImportFormat {
    /** A tape, text or binary. */
    TAPE,
    /** A script of the notation that says each message in full, such as an exported one. */
    SCRIPT,
    /** JSON lines as an export has them. */
    JSONL,
    /** A trace of libpq's PQtrace. */
    PQTRACE,
    /** A capture of the network: pcapng, or pcap as tcpdump writes it. */
    PCAPNG;

    /** Returns the word that names the format on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
