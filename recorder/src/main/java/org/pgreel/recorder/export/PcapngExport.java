package org.pgreel.recorder.export;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.Chunk;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;

/**
 * Writes sessions as a capture of the network: a segment a chunk, with the addresses and times of the recording. The
 * server's port is PostgreSQL's own, by which Wireshark knows the protocol. What was said in TLS stands there as it was
 * said, and the asking for TLS is left out, behind which Wireshark would look for ciphertext.
 */
final class PcapngExport implements SessionExport {

    private static final int SERVER_PORT = 5432;

    /** The first of the ports that belong to nobody. */
    private static final int FIRST_FREE_PORT = 49_152;

    private final PcapngBlocks blocks;
    private final Set<String> taken = new HashSet<>();
    private final Map<Integer, TcpConversation> open = new HashMap<>();
    private final Set<Integer> beforeTls = new HashSet<>();
    private @Nullable SessionOpened session;
    private int number;

    PcapngExport(OutputStream out) throws IOException {
        this.blocks = new PcapngBlocks(out);
    }

    @Override
    public void session(int sessionNumber, Iterable<SessionEvent> events) throws IOException {
        number = sessionNumber;
        open.clear();
        beforeTls.clear();
        for (SessionEvent event : events) {
            if (event instanceof TlsEstablished tls) {
                beforeTls.add(tls.connection());
            }
        }
        for (SessionEvent event : events) {
            take(event);
        }
    }

    private void take(SessionEvent event) throws IOException {
        if (event instanceof SessionOpened opened) {
            session = opened;
        } else if (event instanceof ConnectionOpened opened) {
            conversation(opened.connection(), opened.nanos());
        } else if (event instanceof TlsEstablished tls) {
            beforeTls.remove(tls.connection());
        } else if (event instanceof Chunk chunk && !beforeTls.contains(chunk.connection())) {
            conversation(chunk.connection(), chunk.nanos())
                    .data(chunk.direction(), time(chunk.nanos()), chunk.bytes().toArray());
        } else if (event instanceof ConnectionClosed closed) {
            TcpConversation ended = open.remove(closed.connection());
            if (ended != null) {
                ended.close(time(closed.nanos()), closed.how(), closed.by());
            }
        }
    }

    private long time(long nanos) {
        SessionOpened opened = session;
        if (opened == null) {
            return nanos;
        }
        long began = ChronoUnit.NANOS.between(Instant.EPOCH, opened.wallClock());
        return began + nanos - opened.nanos();
    }

    private TcpConversation conversation(int connection, long nanos) throws IOException {
        TcpConversation known = open.get(connection);
        if (known != null) {
            return known;
        }
        String client = session == null ? "" : session.clientAddress();
        String server = session == null ? "" : session.serverAddress();
        InetAddress clientHost = IpPackets.address(host(client));
        int port = free(clientHost, port(client));
        var conversation = new TcpConversation(
                blocks, new IpPackets(clientHost, port, IpPackets.address(host(server)), SERVER_PORT));
        String tls = beforeTls.contains(connection) ? ", decrypted" : "";
        conversation.open(
                time(nanos), "PgReel session " + number + ", connection " + connection + ", server " + server + tls);
        open.put(connection, conversation);
        return conversation;
    }

    private int free(InetAddress host, int wanted) {
        int port = wanted > 0 && wanted != SERVER_PORT ? wanted : FIRST_FREE_PORT;
        while (!taken.add(host.getHostAddress() + " " + port)) {
            port = port == 0xffff ? 1024 : port + 1;
        }
        return port;
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static int port(String address) {
        String digits = address.substring(address.lastIndexOf(':') + 1);
        boolean number = digits.matches("\\d{1,5}");
        int port = number ? Integer.parseInt(digits) : 0;
        return port > 0xffff ? 0 : port;
    }
}
