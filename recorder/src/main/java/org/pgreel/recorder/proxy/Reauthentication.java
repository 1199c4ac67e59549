package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.authentication.SaslPrep;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Client;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.FrontendMessageDecoder;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.PasswordKind;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MalformedMessageException;

/**
 * Two logins in the place of one: the client proves to the proxy that it knows the password, bound to the proxy's
 * certificate; then the proxy logs in at the server, bound to the server's. Nobody gets in who does not know the password.
 *
 * <p>Only a login by SCRAM is taken over; every other passes as it is. What is recorded is the client's side of it.
 * Confined to the connection's event loop.
 */
final class Reauthentication implements LoginFilter {

    private static final ByteBuf NOTHING = Unpooled.EMPTY_BUFFER;

    private final Legs legs;
    private final ProxyCredential credential;
    private final @Nullable Bytes shownHash;
    private final @Nullable Bytes serverHash;
    private final MessagePieces fromServer = new MessagePieces();
    private final MessagePieces fromClient = new MessagePieces();
    private Stage stage = Stage.BEFORE;
    private ScramSha256Server.@Nullable Challenge asked;
    private @Nullable ScramSha256Client client;
    private ScramSha256Client.@Nullable Proof proof;
    private byte[] signature = new byte[0];
    private boolean serverOffersBinding;

    /** Where the exchange talks to, besides what it answers. */
    interface Legs {
        /** Says something to the client, on record. */
        void toClient(byte[] bytes);

        /** Says something to the server, off the record. */
        void toServer(byte[] bytes);

        /** Ends the connection with an ErrorResponse for the client. */
        void refuse(String sqlState, String sentence);

        /** Does something slow elsewhere, and goes on with its result on the event loop. */
        void derive(Callable<byte[]> slow, Consumer<byte[]> then);
    }

    private enum Stage {
        BEFORE,
        CLIENT_FIRST,
        CLIENT_FINAL,
        SERVER_FIRST,
        SERVER_FINAL,
        DONE
    }

    /**
     * @param shownHash what the client can bind its login to; null if its leg has no TLS
     * @param serverHash what the proxy can bind its own login to; null if that is not defined
     */
    Reauthentication(Legs legs, ProxyCredential credential, @Nullable Bytes shownHash, @Nullable Bytes serverHash) {
        this.legs = legs;
        this.credential = credential;
        this.shownHash = shownHash;
        this.serverHash = serverHash;
    }

    @Override
    public boolean done() {
        return stage == Stage.DONE;
    }

    @Override
    public ByteBuf fromServer(ByteBuf bytes) {
        fromServer.add(bytes);
        ByteBuf out = Unpooled.buffer();
        try {
            while (stage != Stage.DONE && fromServer.next()) {
                serverSaid(out);
            }
        } catch (ScramException | MalformedMessageException e) {
            refuse("08P01", "PgReel could not log in at the server itself: " + e.getMessage());
        }
        if (stage == Stage.DONE) {
            out.writeBytes(fromServer.rest());
        }
        return out;
    }

    private void serverSaid(ByteBuf out) {
        byte type = fromServer.type();
        if (type == 'N' || type == 'v') {
            out.writeBytes(fromServer.take());
            return;
        }
        BackendMessage message = type != 'R'
                ? null
                : BackendMessageDecoder.decode(type, fromServer.array(), fromServer.bodyFrom(), fromServer.end());
        if (stage == Stage.BEFORE && message instanceof AuthenticationSASL offer && offersScram(offer)) {
            fromServer.take();
            serverOffersBinding = offer.mechanisms().contains(ScramSha256.MECHANISM_PLUS);
            stage = Stage.CLIENT_FIRST;
            out.writeBytes(encoded(ownOffer()));
        } else if (stage == Stage.SERVER_FIRST && message instanceof AuthenticationSASLContinue challenge) {
            fromServer.take();
            answer(challenge.data().toArray());
        } else if (stage == Stage.SERVER_FINAL && message instanceof AuthenticationSASLFinal last && proof != null) {
            fromServer.take();
            proof.verify(last.data().toArray());
            stage = Stage.DONE;
            out.writeBytes(encoded(new AuthenticationSASLFinal(Bytes.wrap(signature))));
        } else {
            // An error, or a login of another kind: the client's to hear, as it is.
            stage = Stage.DONE;
        }
    }

    private static boolean offersScram(AuthenticationSASL offer) {
        return offer.mechanisms().contains(ScramSha256.MECHANISM)
                || offer.mechanisms().contains(ScramSha256.MECHANISM_PLUS);
    }

    private AuthenticationSASL ownOffer() {
        return new AuthenticationSASL(
                shownHash != null
                        ? List.of(ScramSha256.MECHANISM_PLUS, ScramSha256.MECHANISM)
                        : List.of(ScramSha256.MECHANISM));
    }

    @Override
    public ByteBuf fromClient(ByteBuf bytes) {
        if (stage == Stage.BEFORE || stage == Stage.DONE) {
            return bytes;
        }
        fromClient.add(bytes);
        try {
            while (stage != Stage.DONE && fromClient.next()) {
                if (fromClient.type() != 'p') {
                    throw new MalformedMessageException("SASL", 0, "the client said something else");
                }
                clientSaid();
            }
        } catch (ScramException e) {
            refuse(e);
        } catch (MalformedMessageException e) {
            refuse("08P01", "malformed SCRAM message");
        }
        return NOTHING;
    }

    private void clientSaid() {
        if (stage == Stage.CLIENT_FIRST) {
            SASLInitialResponse first = (SASLInitialResponse) decoded(PasswordKind.SASL_INITIAL);
            Bytes data = first.data() == null ? Bytes.EMPTY : first.data();
            ScramSha256Server server = shownHash == null
                    ? ScramSha256Server.unbound(credential.scram(), credential.nonce())
                    : ScramSha256Server.withBinding(credential.scram(), credential.nonce(), shownHash.toArray());
            ScramSha256Server.Challenge challenge = server.challenge(first.mechanism(), data.toArray());
            asked = challenge;
            stage = Stage.CLIENT_FINAL;
            legs.toClient(encoded(new AuthenticationSASLContinue(Bytes.wrap(challenge.message()))));
        } else if (stage == Stage.CLIENT_FINAL && asked != null) {
            SASLResponse last = (SASLResponse) decoded(PasswordKind.SASL);
            signature = asked.verify(last.data().toArray());
            begin();
        } else {
            throw new MalformedMessageException("SASL", 0, "the client said more than it was asked for");
        }
    }

    private Message decoded(PasswordKind kind) {
        byte[] array = fromClient.array();
        Message message =
                FrontendMessageDecoder.decode(fromClient.type(), array, fromClient.bodyFrom(), fromClient.end(), kind);
        fromClient.take();
        return message;
    }

    /** The client is who it says; now for the server. */
    private void begin() {
        String nonce = credential.nonce();
        ScramSha256Client own = ScramSha256Client.unbound(nonce);
        if (serverHash != null) {
            own = serverOffersBinding
                    ? ScramSha256Client.bound(nonce, serverHash.toArray())
                    : ScramSha256Client.bindingNotOffered(nonce);
        }
        client = own;
        stage = Stage.SERVER_FIRST;
        legs.toServer(encoded(new SASLInitialResponse(own.mechanism(), Bytes.wrap(own.firstMessage()))));
    }

    private void answer(byte[] serverFirst) {
        ScramSha256Client own = client;
        if (own == null) {
            throw new AssertionError("the server was answered before it was asked; please report this");
        }
        ScramSha256Client.Challenge challenge = own.challenge(serverFirst, ScramSha256.ITERATIONS_MAX);
        stage = Stage.SERVER_FINAL;
        byte[] password = SaslPrep.passwordBytes(credential.password());
        legs.derive(() -> SaltedPassword.derive(password, challenge.salt(), challenge.iterations()), key -> {
            ScramSha256Client.Proof answered = challenge.answer(key);
            proof = answered;
            legs.toServer(encoded(new SASLResponse(Bytes.wrap(answered.message()))));
        });
    }

    private void refuse(ScramException wrong) {
        switch (wrong.kind()) {
            case PROOF -> refuse("28P01", "password authentication failed for user \"" + credential.user() + "\"");
            case CHANNEL_BINDING -> refuse("28000", "SCRAM channel binding check failed");
            default -> refuse("08P01", "malformed SCRAM message");
        }
    }

    private void refuse(String sqlState, String sentence) {
        stage = Stage.DONE;
        legs.refuse(sqlState, sentence);
    }

    private static byte[] encoded(Message message) {
        return message.toBytes().toArray();
    }
}
