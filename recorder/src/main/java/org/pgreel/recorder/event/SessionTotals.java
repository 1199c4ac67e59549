package org.pgreel.recorder.event;

/**
 * What a session amounted to over all its connections; the last thing that is said of it.
 *
 * @param bytesWritten bytes of the frontend
 * @param bytesRead bytes of the backend
 * @param messagesWritten messages that the frontend completed
 * @param messagesRead messages that the backend completed
 */
public record SessionTotals(long bytesWritten, long bytesRead, long messagesWritten, long messagesRead) {}
