using M10Bot.News.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace M10Bot.News.Commands;

public static class CommandsRegistration
{
    /// <summary>Adds every command, in the order that help shows them, and the dispatcher.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        AddParts(services);
        services.AddOptions<RetentionOptions>()
            .BindConfiguration("Retention", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddHostedService<PurgeClock>();
        services.TryAddSingleton<SuspensionNoticeStore>();
        services.AddHostedService<SuspensionNoticeClock>();
        services.TryAddSingleton(provider => new Lazy<IEnumerable<ICommand>>(provider.GetServices<ICommand>));
        services.TryAddSingleton<CommandDispatcher>();
        return services
            .AddCommand<LatestCommand>()
            .AddCommand<SummaryCommand>()
            .AddCommand<SubscribeCommand>()
            .AddCommand<UnsubscribeCommand>()
            .AddCommand<SubscriptionsCommand>()
            .AddCommand<PaceCommand>()
            .AddCommand<LanguageCommand>()
            .AddCommand<TopicsCommand>()
            .AddCommand<FollowCommand>()
            .AddCommand<MuteCommand>()
            .AddCommand<WhyCommand>()
            .AddCommand<HelpCommand>()
            .AddCommand<ChannelAddCommand>()
            .AddCommand<ChannelRemoveCommand>()
            .AddCommand<ChannelTestCommand>()
            .AddCommand<ChannelPingCommand>()
            .AddCommand<ThreadCommand>()
            .AddCommand<FeedAddCommand>()
            .AddCommand<FeedStartCommand>()
            .AddCommand<FeedStopCommand>()
            .AddCommand<FeedMapCommand>()
            .AddCommand<FeedImportCommand>()
            .AddCommand<FeedExportCommand>()
            .AddCommand<FeedsCommand>()
            .AddCommand<StatusCommand>()
            .AddCommand<QueueCommand>()
            .AddCommand<HoldCommand>()
            .AddCommand<ReleaseCommand>()
            .AddCommand<CorrectCommand>()
            .AddCommand<KillCommand>()
            .AddCommand<RetopicCommand>()
            .AddCommand<MergeCommand>()
            .AddCommand<UnmergeCommand>()
            .AddCommand<SplitCommand>()
            .AddCommand<ReceiptsCommand>()
            .AddCommand<AuditCommand>()
            .AddCommand<DoubtCommand>()
            .AddCommand<SettleCommand>()
            .AddCommand<UndoCommand>()
            .AddCommand<MergeNowCommand>()
            .AddCommand<SplitNowCommand>();
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<StoryQueries>();
        services.TryAddSingleton<TopicWords>();
        services.TryAddSingleton<StoryFinder>();
        services.TryAddSingleton<Places>();
        services.TryAddSingleton<WorkspaceStore>();
        services.TryAddSingleton<PlaceChanges>();
        services.TryAddSingleton<FormStore>();
        services.TryAddSingleton<KeptOrders>();
        services.TryAddSingleton<DepartureStore>();
        services.TryAddSingleton<ServedChannelStore>();
        services.TryAddSingleton<TestCard>();
        services.TryAddSingleton<WebhookPlaces>();
    }

    private static IServiceCollection AddCommand<T>(this IServiceCollection services)
        where T : class, ICommand
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICommand, T>());
        return services;
    }
}
