package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Sync;

/**
 * Random messages in random order, sent to a real server in one go by a frontend that does not care for answers: whatever
 * comes back has to be legal.
 */
final class ServerPipelines {
    private static final int PIPELINES = 150;
    private static final int LONGEST = 14;
    private static final long SEED = 20_261_121;

    private final PostgresServer server;

    ServerPipelines(PostgresServer server) {
        this.server = server;
    }

    void run() throws IOException {
        for (int i = 0; i < PIPELINES; i++) {
            run(SEED + i);
        }
    }

    private void run(long seed) throws IOException {
        WireClient client = ServerLogins.loggedIn(server);
        try (client) {
            client.send(pipeline(new Random(seed)));
            String marker = "marker " + seed;
            client.send(new CopyDone(), new CopyDone(), new CopyDone(), new Sync());
            client.send(ServerExchanges.query("select '" + marker + "'"));
            skipTo(client, marker);
            client.expect("CommandComplete ReadyForQuery");
            assertThat(client.conversation().readyOwed()).isEqualTo(ReadyOwed.NONE);
            client.foldInCausalOrder();
        } catch (EOFException ended) {
            assertThat(client.conversation().phase()).as("seed %d", seed).isEqualTo(Phase.ENDED);
        } catch (SocketException reset) {
            // The server closed with input unread; the reset may have overtaken its last words.
            assertThat(client.conversation().isViolated()).isFalse();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void skipTo(WireClient client, String marker) throws IOException {
        BackendMessage message = client.next();
        while (!(message instanceof DataRow row
                && row.values().count() == 1
                && marker.equals(row.values().text(0)))) {
            message = client.next();
        }
    }

    private static FrontendMessage[] pipeline(Random random) {
        List<FrontendMessage> choice = choice();
        List<FrontendMessage> pipeline = new ArrayList<>();
        for (int length = 1 + random.nextInt(LONGEST); length > 0; length--) {
            pipeline.add(choice.get(random.nextInt(choice.size())));
        }
        return pipeline.toArray(FrontendMessage[]::new);
    }

    private static List<FrontendMessage> choice() {
        List<FrontendMessage> choice = new ArrayList<>(Samples.FRONTEND.values());
        choice.removeIf(message -> !Demand.of(message).isOfSession());
        choice.removeIf(message -> message.name().equals("Terminate"));
        choice.remove(new CopyFail("no"));
        choice.add(ServerExchanges.query("copy t from stdin"));
        choice.add(ServerExchanges.query("select 1/0"));
        choice.add(ServerExchanges.query(""));
        choice.add(ServerExchanges.query("select 1; copy t from stdin; select 2"));
        choice.add(ServerExchanges.query("copy t to stdout"));
        choice.add(ServerExchanges.parse("copy t from stdin"));
        choice.add(ServerExchanges.parse("select generate_series(1, 3)"));
        choice.add(ServerExchanges.parse("insert into child values(9)"));
        choice.add(ServerExchanges.parse("bad"));
        choice.add(ServerExchanges.data("x\n"));
        choice.addAll(List.of(new CopyDone(), new CopyFail("no"), new Sync(), new Sync()));
        return choice;
    }
}
