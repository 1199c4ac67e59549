package org.pgreel.recorder.export;

import java.util.Locale;

/** In which format sessions are exported. */
public enum ExportFormat {
    /** The notation: one line a message. */
    TRANSCRIPT,
    /** The notation as {@code pgreel serve} plays it, in causal order, the login on trust. */
    SCRIPT,
    /** One JSON object a line: every event, and every message with its line of the transcript. Loses nothing. */
    JSONL,
    /** What libpq's PQtrace writes in regress mode without times. */
    PQTRACE,
    /** A capture of the network with made-up TCP, as Wireshark reads it. */
    PCAPNG;

    /** Returns the word that names the format on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
