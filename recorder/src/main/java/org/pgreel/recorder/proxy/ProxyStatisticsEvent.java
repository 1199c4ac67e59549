package org.pgreel.recorder.proxy;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** {@link ProxyStatistics} as an event of the JVM's flight recorder, once a second while it records. */
@Name("org.pgreel.RecordingProxy")
@Label("Recording proxy")
@Category("PgReel")
@Description("What a recording proxy has done since it started")
@Period("1 s")
@StackTrace(false)
final class ProxyStatisticsEvent extends Event {

    @Label("Sessions")
    long sessions;

    @Label("Live sessions")
    int liveSessions;

    @Label("Refused sessions")
    long refusedSessions;

    @Label("Cancel requests")
    long cancelRequests;

    @Label("Damaged sessions")
    long damagedSessions;

    @Label("Messages of clients")
    long messagesWritten;

    @Label("Messages of servers")
    long messagesRead;

    @Label("Bytes of clients")
    @DataAmount
    long bytesWritten;

    @Label("Bytes of servers")
    @DataAmount
    long bytesRead;

    @Label("Chunks")
    long chunks;

    @Label("Lag")
    @Description("For how long bytes were held back until they were in the journal")
    @Timespan
    long lag;

    @Label("Greatest lag")
    @Timespan
    long lagMax;

    static ProxyStatisticsEvent of(ProxyStatistics statistics) {
        ProxyStatisticsEvent event = new ProxyStatisticsEvent();
        event.sessions = statistics.sessions();
        event.liveSessions = statistics.liveSessions();
        event.refusedSessions = statistics.refusedSessions();
        event.cancelRequests = statistics.cancelRequests();
        event.damagedSessions = statistics.damagedSessions();
        event.messagesWritten = statistics.messagesWritten();
        event.messagesRead = statistics.messagesRead();
        event.bytesWritten = statistics.bytesWritten();
        event.bytesRead = statistics.bytesRead();
        event.chunks = statistics.chunks();
        event.lag = statistics.lagNanos();
        event.lagMax = statistics.lagNanosMax();
        return event;
    }
}
