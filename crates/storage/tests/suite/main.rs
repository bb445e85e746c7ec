//! One suite, two databases: every query, atomic changes, version conflicts, unique constraints and leases.
//!
//! SQLite always runs. PostgreSQL runs where `SAMPAN_TEST_DATABASE_URL` names a server, each test in a schema of its own;
//! without it each test prints that it was skipped.

mod carts;
mod claims;
mod daily_use;
mod database;
mod developers;
mod feed;
mod messages;
mod order_pages;
mod orders;
mod payments;
mod repeats;
mod requests;
mod samples;

/// Makes a test on each database of every scenario.
macro_rules! on_both {
    ($module:ident: $($scenario:ident)*) => {
        mod $module {
            mod sqlite {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scenario() {
                    crate::database::on_sqlite(crate::$module::$scenario).await;
                }
            )*}
            mod postgres {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scenario() {
                    crate::database::on_postgres(stringify!($scenario), crate::$module::$scenario).await;
                }
            )*}
        }
    };
}

mod on {
    on_both! { developers:
        developers_users_and_accounts_come_back_as_they_went
        a_developer_changes_under_its_version
        keys_live_side_by_side_and_expire
        tokens_and_secrets_are_sealed_and_can_be_sealed_again
        master_keys_are_exchanged_while_secrets_are_written
        a_backup_opens_with_the_same_keys
        a_user_belongs_to_one_developer
        facts_of_the_installation
        a_secret_of_the_installation_is_made_once_and_sealed_again
        opening_again_finds_everything_and_many_may_open_at_once
    }
    on_both! { orders:
        an_order_comes_back_as_it_went
        one_conflict_undoes_everything
        an_order_belongs_to_one_developer_and_its_number_is_unique
        refunds_change_under_the_version_of_their_order
        of_two_writers_one_wins
        pages_are_filtered_counted_and_sorted
        names_are_searched_without_case_and_wild_cards
        open_things_are_found_by_when_they_were_seen
        counters_give_each_number_once
    }
    on_both! { order_pages:
        any_page_is_what_a_look_at_every_order_gives
        writers_at_once_and_conflicts_leave_the_counts_exact
    }
    on_both! { repeats:
        a_nonce_is_taken_until_it_expires
        an_idempotency_key_runs_once_and_keeps_its_answer
        an_answer_opens_whatever_its_key_is_written_with
        an_intent_is_settled_once
        the_intents_of_one_write_are_found_by_it
        a_key_that_was_given_up_is_retaken_by_one
        previews_and_vouchers
        expired_things_are_swept
    }
    on_both! { messages:
        a_message_is_claimed_attempted_and_acknowledged
        a_lost_lease_cannot_finish
        receivers_take_turns
        a_proven_receiver_gets_more_than_its_turn
        nobody_gets_a_delivery_twice
        held_messages_wait_for_a_callback
        dead_messages_are_replayed
        a_receiver_fails_from_its_first_failure_to_its_next_success
        messages_are_paged_with_their_attempts
        an_object_has_each_sequence_number_once
    }
    on_both! { feed:
        a_reader_pages_through_its_own_messages
        what_was_committed_before_a_crash_is_stamped_after_it
        a_stamper_that_lost_its_lease_stamps_nothing
        the_messages_of_an_object_keep_their_order
        messages_of_an_older_database_get_their_places
        a_late_commit_is_not_hidden_behind_a_cursor
        a_reader_who_follows_misses_nothing_and_sees_nothing_twice
    }
    on_both! { claims:
        a_push_counts_once
        a_lone_process_takes_what_a_dead_one_leased
        an_installation_takes_back_its_own_leases_only
        what_a_clock_dated_ahead_before_it_was_set_back_is_due
        a_subject_has_one_row_and_a_second_call_is_not_lost
        a_failed_look_is_postponed
        a_lease_that_ran_out_is_given_again
        a_round_has_one_holder_and_comes_again_when_it_is_due
        a_round_whose_holder_died_is_taken_over
        a_round_that_a_clock_dated_ahead_is_due_when_it_was_set_back
    }
    on_both! { payments:
        an_order_has_one_payment_that_changes_under_its_version
        payments_are_paged_the_longest_waiting_first
        a_user_is_bound_for_each_marketplace
    }
    on_both! { carts:
        a_row_comes_back_and_the_same_specification_adds_up
        a_cart_and_a_row_have_bounds
        rows_change_and_go_for_their_owner_only
        a_row_is_held_by_one_intent_and_let_go_by_it
        what_was_bought_leaves_and_what_was_added_meanwhile_stays
    }
    on_both! { daily_use:
        uses_of_a_day_add_up_whoever_counts
        days_of_last_month_are_forgotten
    }
    on_both! { requests:
        a_request_is_found_by_its_developer_and_the_last_word_stands
        only_the_newest_requests_are_kept
        what_waits_is_counted
    }
}
