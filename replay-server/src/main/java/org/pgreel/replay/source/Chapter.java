package org.pgreel.replay.source;

/**
 * A part of a recorded program's run, such as one test, as it begins in one session.
 *
 * @param after the number of the session's last message before it; 0 if it begins with the session
 * @param name its name, which other sessions may have too
 */
public record Chapter(long after, String name) {}
