package org.pgreel.recorder.index;

/**
 * What a list of sessions tells of one beside what stands in its events.
 *
 * @param user the user that it logged in as; empty if no StartupMessage came
 * @param database the database that it named, or the user's
 * @param statements how many Query, Execute and FunctionCall messages the frontend sent
 * @param messages how many messages both sides sent
 */
public record SessionFacts(String user, String database, long statements, long messages) {}
