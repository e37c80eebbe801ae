package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Configuration.Authority;
import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagedConfigurationTest {
  private final Configuration demo = ConfigurationFile.packaged();

  @Test
  void everyRequiredLimitIsSetForEveryAccount() {
    LimitSet firm = demo.limits().get(Scope.parse("firm"));
    demo.accounts()
        .values()
        .forEach(
            account -> {
              Set<LimitKey> set = EnumSet.copyOf(firm.limits().keySet());
              set.addAll(demo.profiles().get(account.profile()).limits().limits().keySet());
              Set<LimitKey> required = EnumSet.allOf(LimitKey.class);
              required.removeIf(key -> !key.isRequired());
              assertThat(set).as(account.id()).isEqualTo(required);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"adaptive", "scalper", "copy-trading", "guarded"})
  void anAccountMayNameAPackagedProfileAndWriteOverIt(String name, @TempDir Path folder)
      throws IOException {
    String accounts = "accounts: [{id: a, profile: " + name + ", currency: USD}]\n";
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, accounts);
    assertThat(ConfigurationFile.read(file).profiles().get(name).get(LimitKey.MAX_DRAWDOWN).bound())
        .isPositive();

    Files.writeString(file, accounts + "profiles: {" + name + ": {max_qty: '7'}}\n");
    assertThat(ConfigurationFile.read(file).profiles().get(name).limits().limits())
        .containsOnlyKeys(LimitKey.MAX_QTY);
  }

  @Test
  void itHasTheShapeThatIsPromised() {
    assertThat(demo.instruments()).containsOnlyKeys("BITSTAMP:BTCUSD");
    assertThat(demo.accounts()).containsOnlyKeys("demo", "demo2");
    assertThat(demo.groups()).containsExactly("firm", "unassigned");
    assertThat(demo.crashRules())
        .extracting(rule -> rule.windowMs() + " " + rule.drop())
        .containsExactly("10000 0.02", "60000 0.05", "600000 0.10");
    assertThat(demo.clock()).isEqualTo(ClockSource.EVENT);
    assertThat(demo.authority()).isEqualTo(Authority.OPEN);
    assertThat(demo.idWindowUs()).isEqualTo(600_000_000);
    assertThat(demo.maxClockSkewUs()).isEqualTo(5_000_000);
    assertThat(demo.validForUs()).isEqualTo(5_000_000);
    assertThat(demo.strategies())
        .extracting(strategy -> strategy.name() + " " + strategy.account())
        .containsExactly("momentum demo", "mean-reversion demo2");
    assertThat(demo.scopesThatSpanGroups()).isEmpty();
  }
}
