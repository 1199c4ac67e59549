package org.pgreel.replay.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.replay.exchange.Bulk;
import org.pgreel.replay.exchange.Elsewhere;
import org.pgreel.replay.exchange.ExchangeClient;
import org.pgreel.replay.exchange.ExchangePlay;
import org.pgreel.tap.By;

/**
 * Stands between a client and the recorded exchanges: a run in which something is asked that was not recorded is answered by a
 * live server from there on, to its end, and recorded. What the recording has answered of the run already is said to that
 * server first; only if it answers the same is the run one that happens there. Otherwise the question stays a miss.
 *
 * <p>Confined to the thread of the engine.
 */
public final class LiveDetour implements Elsewhere, LiveServer.Hearer, LiveTalk.Listener {

    private static final String SERVER_VERSION = "server_version";
    private static final String DATE_STYLE = "DateStyle";

    private final ExchangeClient client;
    private final LiveServer server;
    private final LiveTape tape;
    private final Map<String, String> startup;
    private final Map<String, String> reported;
    private final Runnable afterwards;
    private final TakenAlong along = new TakenAlong();
    private final Deque<FrontendMessage> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private RunSoFar run = new RunSoFar();
    private @Nullable ExchangePlay play;
    private @Nullable LiveTalk talk;
    private @Nullable FrontendMessage question;
    private String why = "";
    private boolean agreed;
    private boolean failed;
    private boolean ended;

    /**
     * Begins behind the first ReadyForQuery of a connection.
     *
     * @param client who is answered
     * @param live the live server, and where what it answers is recorded
     * @param startup the client's start-up parameters
     * @param reported what the client was told of the recorded server's parameters
     * @param afterwards called when something was sent that no message of the client's has just asked for
     */
    public LiveDetour(
            ExchangeClient client,
            LiveRecording live,
            Map<String, String> startup,
            Map<String, String> reported,
            Runnable afterwards) {
        this.client = client;
        this.server = live.server();
        this.tape = new LiveTape(live.recorder(), startup);
        this.startup = startup;
        this.reported = reported;
        this.afterwards = afterwards;
    }

    /** Returns who is to be answered by the recorded exchanges: the client, and this looks on. */
    public ExchangeClient watched() {
        return new Watched();
    }

    /** Sets what answers from the recording. */
    public void beside(ExchangePlay newPlay) {
        play = newPlay.otherwise(this);
    }

    private ExchangePlay play() {
        return Objects.requireNonNull(play);
    }

    /** Takes the client's next message, Terminate aside. */
    public void received(FrontendMessage message) {
        waiting.add(message);
        waitingBytes += Weight.of(message);
        proceed();
        if (waitingBytes > Weight.KEPT_MAX && question != null) {
            refused("the client has gone on to send more than " + Weight.KEPT_MAX_WORDS
                    + " before the live server could be asked");
        }
    }

    private FrontendMessage next() {
        FrontendMessage next = waiting.remove();
        waitingBytes -= Weight.of(next);
        return next;
    }

    private void proceed() {
        while (!waiting.isEmpty() && !ended) {
            if (question == null) {
                FrontendMessage next = next();
                named(next);
                run.says(next, along.texts());
                play().received(next);
                if (question == null && run.isOver()) {
                    runOver(run.failed(), false);
                }
            } else if (agreed && talk().isOpen()) {
                ask(next());
            } else {
                return;
            }
        }
    }

    private void named(FrontendMessage message) {
        if (message instanceof Parse parse) {
            along.prepares(parse);
        } else if (message instanceof Close close) {
            along.closes(close);
        }
    }

    private LiveTalk talk() {
        return Objects.requireNonNull(talk);
    }

    private void ask(FrontendMessage message) {
        named(message);
        if (message instanceof Parse parse) {
            play().elsewhere().prepared(parse);
        } else if (message instanceof Close close) {
            play().elsewhere().closed(close);
        }
        String sql = run.says(message, along.texts());
        along.before(message).forEach(first -> talk().ask(Said.setting(first)));
        talk().ask(Said.asked(message, sql));
    }

    private void runOver(boolean failed, boolean there) {
        along.ran(run.statements(), failed, play().elsewhere().sessionState(), there);
        run = new RunSoFar();
    }

    @Override
    public boolean takes(FrontendMessage message, String reason) {
        String obstacle = run.obstacle().isEmpty() ? along.obstacle() : run.obstacle();
        if (!obstacle.isEmpty()) {
            play().missed(message, unrecorded(reason, obstacle));
            return true;
        }
        question = message;
        why = reason;
        agreed = false;
        failed = false;
        if (talk == null) {
            talk = new LiveTalk(server.connect(login(), this), this);
        }
        List<Said> first = new ArrayList<>();
        along.unsaid().forEach(sql -> first.add(Said.setting(new Query(sql))));
        for (Said said : run.toSay()) {
            along.before(said.message).forEach(before -> first.add(Said.setting(before)));
            along.saidThere(said.message);
            first.add(said);
        }
        talk.begin(first);
        return true;
    }

    /** Dates are asked for in the style in which the client was told that it gets them. */
    private Map<String, String> login() {
        Map<String, String> login = new LinkedHashMap<>(startup);
        String style = reported.get(DATE_STYLE);
        if (style != null && login.keySet().stream().noneMatch(DATE_STYLE::equalsIgnoreCase)) {
            login.put(DATE_STYLE, style);
        }
        return login;
    }

    private static String unrecorded(String reason, String obstacle) {
        return reason + "; it cannot be recorded now: " + obstacle;
    }

    @Override
    public void keptHouse() {
        run.keptHouse();
    }

    @Override
    public void ready(Map<String, String> parameters, int processId) {
        String recorded = reported.getOrDefault(SERVER_VERSION, "");
        String live = parameters.getOrDefault(SERVER_VERSION, "");
        if (recorded.equals(live)) {
            tape.ready(parameters, processId);
            talk().ready();
        } else {
            refused("the recording is of PostgreSQL " + recorded + ", and the live server is " + live);
        }
        afterwards.run();
    }

    @Override
    public void heard(BackendMessage message) {
        if (ended || talk == null) {
            return;
        }
        if (question != null) {
            tape.heard(message);
            talk().heard(message);
        }
        proceed();
        afterwards.run();
    }

    @Override
    public void over(String reason) {
        if (ended || talk == null) {
            return;
        }
        if (question == null) {
            hangUp(By.SERVER);
        } else if (agreed) {
            hangUp(By.SERVER);
            client.flush();
            client.end();
        } else {
            refused(reason);
        }
        afterwards.run();
    }

    @Override
    public void says(Said said) {
        tape.said(said.message);
        along.saidThere(said.message);
    }

    @Override
    public void agreed() {
        agreed = true;
        run.goesOnThere();
        tape.keep();
        play().recordedNow(Objects.requireNonNull(question));
    }

    @Override
    public void refused(String obstacle) {
        FrontendMessage message = Objects.requireNonNull(question);
        question = null;
        hangUp(By.CLIENT);
        if (agreed) {
            client.flush();
            client.end();
        } else {
            play().missed(message, unrecorded(why, obstacle));
            proceed();
        }
    }

    /** Whatever had been begun there and is not committed is rolled back. */
    private void hangUp(By by) {
        if (talk != null) {
            talk.close();
            talk = null;
        }
        along.lost();
        tape.over(by);
    }

    @Override
    public void answered(Said said, BackendMessage message) {
        client.send(message);
        if (message instanceof DataRow || message instanceof CopyData) {
            return;
        }
        client.flush();
        noted(said, message);
        if (message instanceof ReadyForQuery end && end.transactionStatus() == TransactionStatus.IDLE) {
            play().resumed();
            runOver(failed, true);
            question = null;
            tape.runOver();
        }
    }

    /** What a statement has changed is known when it is complete; of a simple query, when the server is ready again. */
    private void noted(Said said, BackendMessage message) {
        boolean completes = message instanceof CommandComplete || message instanceof EmptyQueryResponse;
        if (completes || message instanceof ErrorResponse || message instanceof ParameterStatus) {
            said.heard.add(message);
        }
        failed |= message instanceof ErrorResponse;
        boolean simple = said.message instanceof Query;
        boolean over = simple ? message instanceof ReadyForQuery : completes || message instanceof ErrorResponse;
        if (over && (simple || said.message instanceof Execute || !said.heard.isEmpty())) {
            play().elsewhere().answered(said.sql, said.heard);
            said.heard.clear();
        }
    }

    /** The client's connection is over. */
    public void ended() {
        if (!ended) {
            ended = true;
            hangUp(By.CLIENT);
        }
    }

    /** Who is answered from the recording. */
    private final class Watched implements ExchangeClient {
        @Override
        public void send(BackendMessage message) {
            run.told(message);
            client.send(message);
        }

        @Override
        public void stream(Bulk bulk) {
            run.toldInBulk();
            client.stream(bulk);
        }

        @Override
        public void tell(BackendMessage message) {
            client.tell(message);
        }

        @Override
        public void flush() {
            client.flush();
        }

        @Override
        public void end() {
            client.end();
        }
    }
}
