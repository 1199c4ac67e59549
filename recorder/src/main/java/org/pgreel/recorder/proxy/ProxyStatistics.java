package org.pgreel.recorder.proxy;

/**
 * What a proxy has done since it started; a moment's reading, of which the parts may differ by what passed meanwhile.
 *
 * <p>Since a byte is passed on only when it is in the journal, the journal is never behind; what it costs is the time
 * for which bytes are held back: the lag.
 *
 * @param sessions how many sessions began
 * @param liveSessions how many are forwarded now
 * @param refusedSessions how many clients were refused because there were too many
 * @param cancelRequests how many cancel requests came
 * @param damagedSessions how many sessions could not be recorded to their end
 * @param messagesWritten messages of clients
 * @param messagesRead messages of servers
 * @param bytesWritten bytes of clients
 * @param bytesRead bytes of servers
 * @param chunks how many reads were recorded
 * @param lagNanos for how long they were held back, in all
 * @param lagNanosMax for how long at most
 */
public record ProxyStatistics(
        long sessions,
        int liveSessions,
        long refusedSessions,
        long cancelRequests,
        long damagedSessions,
        long messagesWritten,
        long messagesRead,
        long bytesWritten,
        long bytesRead,
        long chunks,
        long lagNanos,
        long lagNanosMax) {}
