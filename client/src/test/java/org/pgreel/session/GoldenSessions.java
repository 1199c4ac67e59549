package org.pgreel.session;

import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.key;
import static org.pgreel.session.Messages.notice;
import static org.pgreel.session.Messages.notification;
import static org.pgreel.session.Messages.parameter;
import static org.pgreel.session.Messages.row;

import java.util.List;
import org.pgreel.client.Parameter;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.session.Messages.ScramServer;

/** Whole sessions, each a program that plays the server; what becomes of its bytes on the way is the caller's choice. */
final class GoldenSessions {

    /** Delivers one burst of the server's bytes, in whatever pieces or shape. */
    interface Delivery {
        void deliver(SessionRig rig, byte[] bytes);
    }

    private GoldenSessions() {}

    static List<String> names() {
        return List.of("trust", "scram", "tls-refused", "mixed", "violation", "rejected");
    }

    static SessionRig play(String name, Delivery delivery) {
        return switch (name) {
            case "trust" -> trust(delivery);
            case "scram" -> scram(delivery);
            case "tls-refused" -> tlsRefused(delivery);
            case "mixed" -> mixed(delivery);
            case "violation" -> violation(delivery);
            default -> rejected(delivery);
        };
    }

    private static SessionRig trust(Delivery delivery) {
        SessionRig rig = SessionRig.plain().connected();
        send(rig, delivery, Messages.loggedIn());
        rig.query("select n");
        send(rig, delivery, columns("n"), row("1"), row("two"), row((String) null), done("SELECT 3"), IDLE);
        rig.session.close();
        return rig;
    }

    private static SessionRig scram(Delivery delivery) {
        SessionRig rig = SessionRig.plain().connected();
        send(rig, delivery, Messages.scramOffered());
        if (!(last(rig) instanceof SASLInitialResponse first)) {
            return rig;
        }
        ScramServer server = ScramServer.unbound(first);
        send(rig, delivery, server.challenge());
        if (!(last(rig) instanceof SASLResponse proof)) {
            return rig;
        }
        send(rig, delivery, verdict(server, proof));
        return rig;
    }

    /** The signature and all that follows it; or the refusal of a proof that was spoilt on the way. */
    private static BackendMessage[] verdict(ScramServer server, SASLResponse proof) {
        try {
            return new BackendMessage[] {
                server.signature(proof), new AuthenticationOk(), parameter("client_encoding", "UTF8"), key(), IDLE
            };
        } catch (ScramException e) {
            return new BackendMessage[] {error("FATAL", "28P01")};
        }
    }

    private static SessionRig tlsRefused(Delivery delivery) {
        SessionRig rig = SessionRig.with(o -> o.sslMode(SslMode.PREFER)).connected();
        delivery.deliver(rig, new byte[] {'N'});
        send(rig, delivery, new AuthenticationOk(), IDLE);
        return rig;
    }

    private static SessionRig mixed(Delivery delivery) {
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(4)).connected();
        send(rig, delivery, new AuthenticationOk(), IDLE);
        rig.query("begin");
        send(rig, delivery, done("BEGIN"), IN_BLOCK);
        rig.watch("typed", rig.session.query("select $1", List.of(Parameter.text("a"))));
        rig.watch("wrong", rig.session.query("selec", List.of()));
        send(
                rig,
                delivery,
                new ParseComplete(),
                new BindComplete(),
                columns("n"),
                row("a"),
                done("SELECT 1"),
                IN_BLOCK);
        send(rig, delivery, notice(), error("ERROR", "42601"), Messages.FAILED, notification());
        rig.query("copy t to stdout");
        send(
                rig,
                delivery,
                new CopyOutResponse(0, List.of(0)),
                new CopyData(Bytes.utf8("1\n")),
                new CopyDone(),
                done("COPY 1"),
                IDLE);
        rig.watch("copy in", rig.session.copyIn("copy t from stdin", new byte[] {'1', '\n'}));
        send(rig, delivery, new CopyInResponse(0, List.of(0)));
        send(rig, delivery, done("COPY 1"), IDLE, error("FATAL", "57P01"));
        rig.core.endOfStream();
        return rig;
    }

    private static SessionRig violation(Delivery delivery) {
        SessionRig rig = SessionRig.plain().connected();
        send(rig, delivery, new AuthenticationOk(), IDLE);
        rig.query("select 1", "select 2");
        send(rig, delivery, columns("n"), row("1"), done("SELECT 1"), IDLE, IDLE);
        return rig;
    }

    private static SessionRig rejected(Delivery delivery) {
        SessionRig rig = SessionRig.plain().connected();
        send(rig, delivery, new AuthenticationOk(), parameter("TimeZone", "UTC"), error("FATAL", "3D000"));
        return rig;
    }

    private static Object last(SessionRig rig) {
        return rig.effects.sent.get(rig.effects.sent.size() - 1);
    }

    private static void send(SessionRig rig, Delivery delivery, BackendMessage... messages) {
        delivery.deliver(rig, SessionRig.bytesOf(messages));
    }
}
