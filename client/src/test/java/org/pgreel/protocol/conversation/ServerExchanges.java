package org.pgreel.protocol.conversation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** What is done to real servers, once logged in, and what they must answer. */
final class ServerExchanges {
    /** Creates what the exchanges use. */
    static final FrontendMessage SCHEMA = query("create table t(i int);"
            + "create table parent(i int primary key);"
            + "create table child(i int references parent deferrable initially deferred);"
            + "create table ruled(i int);"
            + "create rule r as on insert to ruled do also (select 1 as a; select 2 as b)");

    static final List<ServerExchange> ALL = all();

    private static final String COPY = "copy t from stdin";
    private static final int PG_BACKEND_PID = 2026;
    private static final int NO_FUNCTION = 99_999_999;

    private ServerExchanges() {}

    /** One exchange. */
    record ServerExchange(String name, Run run) {}

    /** Talks to a server. */
    interface Run {
        void with(WireClient client) throws IOException;
    }

    private static List<ServerExchange> all() {
        List<ServerExchange> all = new ArrayList<>();
        skipping(all);
        copySwallows(all);
        copyFails(all);
        copyEnds(all);
        simple(all);
        extended(all);
        functions(all);
        return List.copyOf(all);
    }

    private static void add(List<ServerExchange> all, String name, Run run) {
        all.add(new ServerExchange(name, run));
    }

    private static void skipping(List<ServerExchange> all) {
        add(
                all,
                "a Query behind a failed Parse is discarded without ReadyForQuery",
                c -> c.send(parse("bad"), query("select 1"), new Sync()).expect("ErrorResponse ReadyForQuery"));
        add(
                all,
                "a FunctionCall behind a failed Parse is discarded without ReadyForQuery",
                c -> c.send(parse("bad"), call(PG_BACKEND_PID), new Sync()).expect("ErrorResponse ReadyForQuery"));
        add(
                all,
                "each Sync behind an error is answered",
                c -> c.send(parse("bad"), new Sync(), new Sync(), new Sync())
                        .expect("ErrorResponse ReadyForQuery ReadyForQuery ReadyForQuery"));
        add(
                all,
                "Terminate is read while skipping",
                c -> c.send(parse("bad"), new Terminate())
                        .expect("ErrorResponse")
                        .expectEnd());
    }

    private static void copySwallows(List<ServerExchange> all) {
        String copying = "ParseComplete BindComplete CopyInResponse";
        add(
                all,
                "a Sync inside copy-in is swallowed",
                c -> c.send(parse(COPY), bind(), execute(), new Sync())
                        .expect(copying)
                        .send(data("1\n"), new CopyDone(), new Sync())
                        .expect("CommandComplete ReadyForQuery"));
        add(
                all,
                "so it is in the simple query protocol",
                c -> c.send(query(COPY), new Sync(), data("1\n"), new CopyDone())
                        .expect("CopyInResponse CommandComplete ReadyForQuery"));
        add(
                all,
                "a Sync before the bad row is swallowed",
                c -> c.send(parse(COPY), bind(), execute(), new Sync(), data("x\n"), new CopyDone())
                        .expect(copying + " ErrorResponse")
                        .send(new Sync())
                        .expect("ReadyForQuery"));
        add(
                all,
                "a Sync behind the bad row is answered",
                c -> c.send(parse(COPY), bind(), execute(), data("x\n"), new Sync(), new CopyDone(), new Sync())
                        .expect(copying + " ErrorResponse ReadyForQuery ReadyForQuery"));
        add(
                all,
                "a Flush inside copy-in is swallowed",
                c -> c.send(query(COPY), new Flush(), data("1\n"), new Flush(), new CopyDone())
                        .expect("CopyInResponse CommandComplete ReadyForQuery"));
    }

    private static void copyFails(List<ServerExchange> all) {
        add(
                all,
                "copy messages while idle are discarded",
                c -> c.send(new CopyDone(), data("1\n"), new CopyFail("no")));
        add(
                all,
                "a Query during copy-in is an error and then the end",
                c -> c.send(query(COPY))
                        .expect("CopyInResponse")
                        .send(query("select 1"))
                        .expect("ErrorResponse ErrorResponse(FATAL)")
                        .expectEnd());
        add(
                all,
                "Terminate during copy-in is an error and then the end",
                c -> c.send(query(COPY))
                        .expect("CopyInResponse")
                        .send(data("1\n"), new Terminate())
                        .expect("ErrorResponse ErrorResponse(FATAL)")
                        .expectEnd());
        add(
                all,
                "a Parse during an executed copy-in is an error and then the end",
                c -> c.send(
                                parse(COPY),
                                bind(),
                                execute(),
                                new Sync(),
                                parse("select 1"),
                                bind(),
                                execute(),
                                new Sync())
                        .expect("ParseComplete BindComplete CopyInResponse ErrorResponse ErrorResponse(FATAL)")
                        .expectEnd());
        add(
                all,
                "CopyFail and a Sync behind it, simple",
                c -> c.send(query(COPY), new CopyFail("no"), new Sync(), query("select 1"))
                        .expect("CopyInResponse ErrorResponse ReadyForQuery ReadyForQuery")
                        .expect("RowDescription DataRow CommandComplete ReadyForQuery"));
        add(
                all,
                "CopyFail and a Sync behind it, extended",
                c -> c.send(parse(COPY), bind(), execute(), new CopyFail("no"), new Sync())
                        .expect("ParseComplete BindComplete CopyInResponse ErrorResponse ReadyForQuery"));
    }

    private static void copyEnds(List<ServerExchange> all) {
        add(
                all,
                "two COPY and a SELECT in one Query, all sent at once",
                c -> c.send(
                                query(COPY + ";" + COPY + ";select 1"),
                                data("1\n"),
                                new CopyDone(),
                                data("2\n"),
                                new CopyDone())
                        .expect("CopyInResponse CommandComplete CopyInResponse CommandComplete")
                        .expect("RowDescription DataRow CommandComplete ReadyForQuery"));
        add(
                all,
                "copy out, simple",
                c -> c.send(query("copy (select generate_series(1,3)) to stdout"))
                        .expect("CopyOutResponse CopyData CopyData CopyData CopyDone CommandComplete ReadyForQuery"));
        add(
                all,
                "copy out, extended",
                c -> c.send(parse("copy (select 1) to stdout"), bind(), execute(), new Sync())
                        .expect(
                                "ParseComplete BindComplete CopyOutResponse CopyData CopyDone CommandComplete ReadyForQuery"));
        add(
                all,
                "copy out fails",
                c -> c.send(query("copy (select 1/(3-i) from generate_series(1,3) i) to stdout"))
                        .expect("CopyOutResponse CopyData CopyData ErrorResponse ReadyForQuery"));
    }

    private static void simple(List<ServerExchange> all) {
        add(all, "an empty Query", c -> c.send(query(" ; ;")).expect("EmptyQueryResponse ReadyForQuery"));
        add(
                all,
                "several statements, one failing",
                c -> c.send(query("select 1; select 1/0; select 2"))
                        .expect("RowDescription DataRow CommandComplete RowDescription* ErrorResponse ReadyForQuery"));
        add(
                all,
                "a rule adds results to one INSERT",
                c -> c.send(query("insert into ruled values(1)"))
                        .expect("RowDescription DataRow RowDescription DataRow CommandComplete ReadyForQuery"));
        add(
                all,
                "a deferred constraint fails in a Query",
                c -> c.send(query("insert into child values(9)"))
                        .expect("CommandComplete* ErrorResponse ReadyForQuery"));
        add(
                all,
                "notification, notice and parameter",
                c -> c.send(query("listen a; notify a; set application_name='x'; do $$begin raise notice 'n'; end$$"))
                        .expect("CommandComplete CommandComplete CommandComplete CommandComplete ReadyForQuery"));
        add(
                all,
                "queries pipelined",
                c -> c.send(query("select 1"), query("select 2"), new Sync())
                        .expect("RowDescription DataRow CommandComplete ReadyForQuery")
                        .expect("RowDescription DataRow CommandComplete ReadyForQuery ReadyForQuery"));
    }

    private static void extended(List<ServerExchange> all) {
        String begun = "ParseComplete BindComplete ";
        add(
                all,
                "everything in one segment",
                c -> c.send(parse("select 1"), describe(Target.STATEMENT), bind(), describe(Target.PORTAL), execute())
                        .send(new Close(Target.STATEMENT, ""), new Sync())
                        .expect("ParseComplete ParameterDescription RowDescription BindComplete RowDescription")
                        .expect("DataRow CommandComplete CloseComplete ReadyForQuery"));
        add(
                all,
                "a deferred constraint fails at Sync",
                c -> c.send(parse("insert into child values(9)"), bind(), execute(), new Sync())
                        .expect(begun + "CommandComplete ErrorResponse ReadyForQuery"));
        add(
                all,
                "suspended, resumed, and executed once more",
                c -> c.send(query("begin"))
                        .expect("CommandComplete ReadyForQuery")
                        .send(parse("select 1"), bind(), some(1), some(1), execute(), new Sync(), query("rollback"))
                        .expect(begun + "DataRow PortalSuspended CommandComplete CommandComplete ReadyForQuery")
                        .expect("CommandComplete ReadyForQuery"));
        add(
                all,
                "an empty statement",
                c -> c.send(
                                parse(""),
                                describe(Target.STATEMENT),
                                bind(),
                                describe(Target.PORTAL),
                                execute(),
                                new Sync())
                        .expect("ParseComplete ParameterDescription NoData BindComplete NoData EmptyQueryResponse")
                        .expect("ReadyForQuery"));
        add(
                all,
                "a rule adds no result to an executed INSERT",
                c -> c.send(parse("insert into ruled values(1)"), bind(), execute(), new Sync())
                        .expect(begun + "CommandComplete ReadyForQuery"));
        add(
                all,
                "a portal that cannot be run again",
                c -> c.send(parse("insert into t values(1)"), bind(), execute(), execute(), new Sync())
                        .expect(begun + "CommandComplete ErrorResponse ReadyForQuery"));
        add(
                all,
                "a Query ends a segment without Sync",
                c -> c.send(parse("select 1"), bind(), query("select 1"))
                        .expect(begun + "RowDescription DataRow CommandComplete ReadyForQuery"));
    }

    private static void functions(List<ServerExchange> all) {
        add(all, "function call", c -> c.send(call(PG_BACKEND_PID)).expect("FunctionCallResponse ReadyForQuery"));
        add(all, "no such function", c -> c.send(call(NO_FUNCTION)).expect("ErrorResponse ReadyForQuery"));
        add(
                all,
                "a function call ends a segment without Sync",
                c -> c.send(parse("select 1"), call(PG_BACKEND_PID), new Sync())
                        .expect("ParseComplete FunctionCallResponse ReadyForQuery ReadyForQuery"));
    }

    static Query query(String sql) {
        return new Query(sql);
    }

    static Parse parse(String sql) {
        return new Parse("", sql, List.of());
    }

    private static Bind bind() {
        return new Bind("", "", List.of(), Values.EMPTY, List.of());
    }

    private static Describe describe(Target target) {
        return new Describe(target, "");
    }

    private static Execute execute() {
        return some(0);
    }

    private static Execute some(int maxRows) {
        return new Execute("", maxRows);
    }

    static CopyData data(String text) {
        return new CopyData(Bytes.utf8(text));
    }

    private static FunctionCall call(int function) {
        return new FunctionCall(function, List.of(), Values.EMPTY, 0);
    }
}
