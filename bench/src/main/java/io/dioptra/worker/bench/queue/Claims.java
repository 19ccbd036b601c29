package io.dioptra.worker.bench.queue;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.queue.Claim;
import io.dioptra.worker.queue.RqWorker;
import io.dioptra.worker.testing.RedisServer;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/**
 * Measures the queue alone, on a Redis of its own: how long a job lies there while a worker is
 * idle, what an idle worker costs Redis, and what 100,000 waiting jobs change.
 */
public final class Claims {
  private static final int CLAIMS = 300;
  private static final int MANY = 100_000;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final List<String> ONE = List.of(Producer.QUEUE);
  private static final List<String> THREE = List.of("first", Producer.QUEUE, "last");
  private static final Pattern CALLS = Pattern.compile("calls=(\\d+)");
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final List<QueueWorker.Kind> KINDS =
      List.of(
          OurWorker::new,
          (redis, queues) -> new PythonWorker("2.6.1", redis, queues),
          (redis, queues) -> new PythonWorker("3.0.0", redis, queues));

  private final PrintStream out;
  private final int claims;
  private final Duration idle;

  private Claims(PrintStream out, int claims, Duration idle) {
    this.out = out;
    this.claims = claims;
    this.idle = idle;
  }

  /** Arguments: {@code [CLAIMS [SECONDS]]}: how many claims, and how long to watch idle workers. */
  public static void main(String[] args) throws Exception {
    int claims = args.length > 0 ? Integer.parseInt(args[0]) : CLAIMS;
    Duration idle = args.length > 1 ? Duration.ofSeconds(Integer.parseInt(args[1])) : IDLE;
    new Claims(System.out, claims, idle).measure();
  }

  private void measure() throws Exception {
    out.println(MachineLoad.now());
    out.println("From LPUSH to the claim, in milliseconds, worker idle");
    out.printf("  %-28s %8s %8s %8s%n", "", "median", "99 %", "longest");
    for (QueueWorker.Kind kind : KINDS) {
      claim(kind, ONE);
    }
    claim(KINDS.getFirst(), THREE);
    out.printf("%nOne claim of ours after another, in milliseconds%n");
    for (int waiting : List.of(claims, MANY)) {
      backlog(waiting);
    }
    out.printf("%nCommands in Redis for each second, those in scripts included, worker idle%n");
    for (QueueWorker.Kind kind : KINDS) {
      idle(kind, ONE);
      idle(kind, THREE);
    }
    out.println(MachineLoad.now());
  }

  private void claim(QueueWorker.Kind kind, List<String> queues) throws Exception {
    try (RedisServer server = RedisServer.start();
        Jedis redis = new Jedis(URI.create(server.uri()));
        ClaimWatch watch = new ClaimWatch(URI.create(server.uri()));
        QueueWorker worker = kind.start(server.uri(), queues)) {
      Producer producer = new Producer(redis);
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < claims; i++) {
        producer.prepare("job-" + i);
        producer.awaitIdle();
        watch.forget();
        long begin = System.nanoTime();
        producer.push("job-" + i);
        times.add((watch.next() - begin) / 1e6);
      }
      print(named(worker, queues), times);
    }
  }

  private void backlog(int waiting) throws Exception {
    try (RedisServer server = RedisServer.start();
        Jedis redis = new Jedis(URI.create(server.uri()));
        RqWorker worker = OurWorker.register(server.uri(), ONE)) {
      new Producer(redis).fill(waiting);
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < claims; i++) {
        long begin = System.nanoTime();
        Claim claim = worker.take(LONG).orElseThrow();
        times.add((System.nanoTime() - begin) / 1e6);
        var _ = claim.finish(new JobOutcome.Finished());
      }
      print("%,d jobs in the queue".formatted(waiting), times);
    }
  }

  private void idle(QueueWorker.Kind kind, List<String> queues) throws Exception {
    try (RedisServer server = RedisServer.start();
        Jedis redis = new Jedis(URI.create(server.uri()));
        QueueWorker worker = kind.start(server.uri(), queues)) {
      new Producer(redis).awaitIdle();
      long before = commands(redis);
      Thread.sleep(idle);
      // One of them is our own question.
      double each = (commands(redis) - before - 1) / (double) idle.toSeconds();
      out.printf(Locale.ROOT, "  %-28s %8.2f%n", named(worker, queues), each);
    }
  }

  /** As Redis counts them: a script and each command in it. */
  private static long commands(Jedis redis) {
    return redis
        .info("commandstats")
        .lines()
        .map(CALLS::matcher)
        .filter(Matcher::find)
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  private static String named(QueueWorker worker, List<String> queues) {
    return "%s, %d queue%s".formatted(worker.name(), queues.size(), queues.size() == 1 ? "" : "s");
  }

  private void print(String what, List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "  %-28s %8.2f %8.2f %8.2f%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
        sorted.getLast());
  }
}
