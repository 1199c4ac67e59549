package org.pgreel.recorder;

import org.jspecify.annotations.Nullable;

/**
 * Chapters of a recording: parts of the recorded program's run, such as one test, that a replay can play by themselves. In
 * a session a chapter begins with a marker, before the first bytes of the client that belong to it.
 */
public final class Chapters {

    private static final String MARK = "chapter ";

    private Chapters() {}

    /** Returns the words of the marker with which a chapter begins. */
    public static String marker(String name) {
        return MARK + name;
    }

    /** Returns the name of the chapter that begins with a marker of these words; null if none does. */
    public static @Nullable String named(String note) {
        return note.startsWith(MARK) ? note.substring(MARK.length()) : null;
    }
}
