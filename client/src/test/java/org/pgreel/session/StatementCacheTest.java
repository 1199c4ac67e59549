package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.CacheRig.BOUND;
import static org.pgreel.session.CacheRig.CLOSED_AND_PARSED;
import static org.pgreel.session.CacheRig.PARSED;
import static org.pgreel.session.CacheRig.SQL;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/** Statements that the client prepares of its own accord: which, when, and for how long. */
class StatementCacheTest {

    private CacheRig cache = new CacheRig(options -> options);

    @Test
    void theSecondUsePreparesAndTheThirdBindsAlone() {
        assertThat(cache.use(SQL)).isEqualTo(PARSED);
        cache.rig.session.query(SQL, List.of());
        Parse parse = (Parse) cache.rig.effects.sent.get(0);
        assertThat(parse.statement()).startsWith("pgreel_").hasSize(31);
        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(PARSED);

        cache.rig.session.query(SQL, List.of());

        assertThat(((Bind) cache.rig.effects.sent.get(0)).statement()).isEqualTo(parse.statement());
        assertThat(cache.answer(TransactionStatus.IDLE)).isEqualTo(BOUND);
    }

    @Test
    void rowsFitTheColumnsThatWereKept() {
        cache.prepared();
        CompletableFuture<QueryResult> result = cache.rig.session.query(SQL, List.of());
        cache.rig.receive(new BindComplete(), row("7"), done("SELECT 1"), IDLE);
        assertThat(result.join().onlyRow().text("n")).isEqualTo("7");

        CompletableFuture<QueryResult> binary =
                cache.rig.session.query(ParameterizedQuery.of(SQL, List.of()).withBinaryResults());
        cache.rig.receive(new BindComplete(), row("7"), done("SELECT 1"), IDLE);
        assertThat(binary.join().onlyRow().description().columns().get(0).format())
                .isEqualTo(1);

        cache.rig.watch("wide", cache.rig.session.query(SQL, List.of()));
        cache.rig.receive(new BindComplete(), row("7", "8"), done("SELECT 1"), IDLE);
        assertThat(cache.rig.heard).endsWith("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void aDescriptionThatWasNotAskedForIsAViolation() {
        cache.prepared();
        cache.rig.watch("again", cache.rig.session.query(SQL, List.of()));

        cache.rig.receive(new BindComplete(), columns("n"));

        assertThat(cache.rig.heard).endsWith("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void aStatementWithoutRowsIsNotDescribedEither() {
        for (int i = 0; i < 2; i++) {
            cache.rig.session.query("insert into t values (1)", List.of());
            cache.rig.receive(new ParseComplete(), new BindComplete(), new NoData(), done("INSERT 0 1"), IDLE);
        }
        cache.sent();

        CompletableFuture<QueryResult> third = cache.rig.session.query("insert into t values (1)", List.of());

        assertThat(cache.sent()).isEqualTo(BOUND);
        cache.rig.receive(new BindComplete(), done("INSERT 0 1"), IDLE);
        assertThat(third.join().description()).isNull();
    }

    @Test
    void parameterTypesTellStatementsApart() {
        Parameter number = Parameter.binary(23, Bytes.ofHex("00000001"));
        for (Parameter parameter : List.of(Parameter.text("1"), Parameter.text("1"), number)) {
            cache.rig.session.query("select $1", List.of(parameter));
            cache.answer(TransactionStatus.IDLE);
        }

        cache.rig.session.query("select $1", List.of(number));

        assertThat(cache.sent()).isEqualTo(PARSED);
    }

    @Test
    void theCacheCanBeSwitchedOff() {
        cache = new CacheRig(o -> o.statementCacheSize(0));

        for (int i = 0; i < 4; i++) {
            cache.rig.session.query(SQL, List.of());
            assertThat(((Parse) cache.rig.effects.sent.get(0)).statement()).isEmpty();
            cache.answer(TransactionStatus.IDLE);
        }
    }

    @Test
    void aThresholdOfOnePreparesAtOnce() {
        cache = new CacheRig(o -> o.prepareThreshold(1));

        assertThat(cache.use(SQL)).isEqualTo(PARSED);
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void onlyWhatHasAPlanIsPrepared() {
        for (String sql : List.of("show x", "begin", "discard all", "create table t ()", "fetch c", "call p()")) {
            cache.use(sql);
            cache.use(sql);
            assertThat(cache.use(sql)).as(sql).isEqualTo(PARSED);
        }
        assertThat(cache.rig.session).isNotNull();
    }

    @Test
    void theLeastRecentlyUsedIsClosedWithTheNextQuery() {
        cache = new CacheRig(o -> o.statementCacheSize(2).prepareThreshold(1));
        cache.use("select 1");
        cache.use("select 2");
        cache.use("select 1");

        assertThat(cache.use("select 3")).isEqualTo(CLOSED_AND_PARSED);
        assertThat(cache.use("select 1")).isEqualTo(BOUND);
        assertThat(cache.use("select 3")).isEqualTo(BOUND);
        cache.rig.session.query("select 2", List.of());
        Close close = (Close) cache.rig.effects.sent.get(0);
        cache.answer(TransactionStatus.IDLE);
        cache.rig.session.query("select 1", List.of());
        assertThat(cache.rig.effects.sent).contains(new Parse(close.targetName(), "select 1", List.of()));
    }

    @Test
    void whatTakesTooManyBytesIsNotHeld() {
        cache = new CacheRig(o -> o.statementCacheBytes(1_000).prepareThreshold(1));
        String large = "select '" + "x".repeat(1_000) + "'";

        assertThat(cache.use(large)).isEqualTo(PARSED);
        assertThat(cache.use(large)).isEqualTo(PARSED);
        cache.use("select 1");
        assertThat(cache.use("select 1")).isEqualTo(BOUND);
        for (int i = 2; i < 9; i++) {
            cache.use("select " + i);
        }
        assertThat(cache.use("select 1")).startsWith("Close", "Parse");
    }

    @Test
    void aStatementIsUsedByItsNameOnlyWhenItIsKnownToBePrepared() {
        cache = new CacheRig(o -> o.prepareThreshold(1));
        cache.rig.session.query(SQL, List.of());
        cache.rig.session.query(SQL, List.of());

        List<Parse> parsed = cache.rig.effects.sent.stream()
                .filter(Parse.class::isInstance)
                .map(Parse.class::cast)
                .toList();
        assertThat(parsed).extracting(Parse::statement).hasSize(2).endsWith("");
    }

    @Test
    void whatCannotBePreparedIsNotHeld() {
        cache = new CacheRig(o -> o.prepareThreshold(1));
        cache.rig.watch("a", cache.rig.session.query(SQL, List.of()));
        cache.rig.receive(error("ERROR", "42P01"), IDLE);
        cache.sent();

        assertThat(cache.use(SQL)).isEqualTo(PARSED);
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }

    @Test
    void whatFailsAfterItWasPreparedIsHeld() {
        cache = new CacheRig(o -> o.prepareThreshold(1));
        cache.rig.watch("a", cache.rig.session.query(SQL, List.of()));
        cache.rig.receive(new ParseComplete(), error("ERROR", "22012"), IDLE);
        cache.sent();

        assertThat(cache.use(SQL)).isEqualTo(List.of("Bind", "Describe", "Execute", "Sync"));
        assertThat(cache.use(SQL)).isEqualTo(BOUND);
    }
}
