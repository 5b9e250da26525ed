"""What tests of rulebooks are made from: generators, scenarios, realistic cohorts."""
