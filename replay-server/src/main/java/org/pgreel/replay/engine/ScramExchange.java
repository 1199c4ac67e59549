package org.pgreel.replay.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.wire.Bytes;

/** Authentication "scram-sha-256": the client proves the password, then this side proves that it knows it too. */
final class ScramExchange implements PasswordExchange {
    private final Account account;
    private final ScramSha256Server server;
    private final boolean bindable;
    private ScramSha256Server.@Nullable Challenge challenge;

    /**
     * @param server the exchange
     * @param bindable whether the login may be bound to the channel, so that -PLUS is offered
     */
    ScramExchange(Account account, ScramSha256Server server, boolean bindable) {
        this.account = account;
        this.server = server;
        this.bindable = bindable;
    }

    @Override
    public AuthenticationRequest begin() {
        return new AuthenticationSASL(
                bindable ? List.of(ScramSha256.MECHANISM_PLUS, ScramSha256.MECHANISM) : List.of(ScramSha256.MECHANISM));
    }

    @Override
    public Verdict answered(FrontendMessage answer) {
        try {
            if (challenge == null && answer instanceof SASLInitialResponse first) {
                Bytes data = first.data() == null ? Bytes.EMPTY : first.data();
                challenge = server.challenge(first.mechanism(), data.toArray());
                return new Asks(new AuthenticationSASLContinue(Bytes.wrap(challenge.message())));
            }
            if (challenge != null && answer instanceof SASLResponse last) {
                byte[] signature = challenge.verify(last.data().toArray());
                return account.known()
                        ? new LetIn(new AuthenticationSASLFinal(Bytes.wrap(signature)))
                        : new TurnedAway(Refusals.passwordFailed(account.user()));
            }
            return new TurnedAway(Refusals.protocolViolation("malformed SCRAM message"));
        } catch (ScramException wrong) {
            return new TurnedAway(refusal(wrong));
        }
    }

    private ErrorResponse refusal(ScramException wrong) {
        return switch (wrong.kind()) {
            case PROOF -> Refusals.passwordFailed(account.user());
            case CHANNEL_BINDING ->
                challenge == null ? Refusals.channelBindingNegotiation() : Refusals.channelBindingCheck();
            default -> Refusals.malformedScram(String.valueOf(wrong.getMessage()));
        };
    }
}
