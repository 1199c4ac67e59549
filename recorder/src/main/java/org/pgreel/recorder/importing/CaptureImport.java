package org.pgreel.recorder.importing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.Journal;

/** Reads the sessions out of a capture of the network. */
final class CaptureImport {

    private final InputStream in;
    private final ImportClock clock = new ImportClock();
    private final Recorder recorder;
    private final Map<String, CapturedConnection> open = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private int sessions;
    private int foreign;
    private int begun;
    private int cut;

    CaptureImport(InputStream in, Journal journal) {
        this.in = in;
        this.recorder = new Recorder(journal, clock, OnJournalFailure.FAIL_SESSION);
    }

    ImportReport run() throws IOException {
        var capture = new CaptureFile(in);
        for (CaptureFile.Frame packet = capture.next(); packet != null; packet = capture.next()) {
            clock.set(packet.nanos());
            cut += packet.cut() ? 1 : 0;
            TcpSegment segment = TcpSegment.of(packet);
            if (segment != null) {
                take(segment);
            }
        }
        open.values().forEach(this::over);
        if (cut > 0) {
            lost.add(cut + " packets were captured in part; capture them whole (tcpdump -s 0).");
        }
        if (begun > 0) {
            lost.add(begun + " segments belong to connections that began before the capture, and are left out.");
        }
        if (foreign > 0) {
            lost.add(foreign + " connections are not PostgreSQL's and are left out.");
        }
        if (sessions == 0) {
            throw new ImportException(
                    lost.isEmpty() ? "There is no connection of PostgreSQL in it." : String.join(" ", lost));
        }
        return new ImportReport(sessions, lost);
    }

    private static String key(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }

    private void take(TcpSegment segment) {
        String key = key(segment.from(), segment.to());
        boolean opens = segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK);
        CapturedConnection connection = open.get(key);
        if (opens && (connection == null || !connection.opens(segment))) {
            if (connection != null) {
                over(connection);
            }
            open.put(key, new CapturedConnection(segment, recorder));
        } else if (connection != null) {
            connection.take(segment);
        } else if (segment.data().length > 0) {
            begun++;
        }
    }

    private void over(CapturedConnection connection) {
        String missing = connection.end();
        if (missing != null) {
            lost.add(missing);
        }
        switch (connection.kind()) {
            case POSTGRES -> sessions++;
            case FOREIGN -> foreign++;
            case ENCRYPTED ->
                lost.add(
                        "The connection from " + connection.addresses()
                                + " is encrypted by TLS, so a capture cannot tell what was said; record it with 'pgreel record'.");
            case UNKNOWN -> {}
        }
    }
}
